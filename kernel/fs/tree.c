/* SPDX-License-Identifier: MIT */
/*
 * The tree as the kernel itself grows it: the root and the first directories at boot, a path of a
 * new /proc file later, and the way from an inode back to its path.
 *
 * Linux counterpart: init/do_mounts.c, fs/d_path.c (there each branch is a mount)
 */

#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

static const char *const first_directories[] __initconst = { "/dev/", "/tmp/" };

/* A directory: like its parent where one may create in that, else with its names fixed. */
static struct inode *make_directory(struct inode *dir, const char *name)
{
	const struct inode_operations *i_op = can_change_names(dir) ? dir->i_op : NULL;
	struct inode *inode = new_inode(name, S_IFDIR | 0755, i_op, &simple_dir_operations, NULL);

	if (!inode)
		return ERR_PTR(-ENOMEM);
	d_add(dir, inode);
	return inode;
}

/*
 * Goes down path to its last component, making what is missing. Returns the parent, a reference, or
 * ERR_PTR; *last is the name behind the last slash. tree_mutex is held.
 */
static struct inode *make_parents(const char *path, const char **last)
{
	struct inode *dir = ihold(root_inode), *next;
	char name[NAME_MAX + 1];
	size_t len;

	for (;;) {
		while (*path == '/')
			path++;
		len = strcspn(path, "/");
		*last = path;
		if (!path[len] || len > NAME_MAX)
			return dir;
		memcpy(name, path, len);
		name[len] = '\0';
		next = walk_component(dir, name);
		if (next == ERR_PTR(-ENOENT))
			next = make_directory(dir, name);
		iput(dir);
		if (IS_ERR(next))
			return next;
		dir = next;
		path += len;
	}
}

/* Locks the tree and goes to path's parent as make_parents() does. unlock_parent() ends both. */
static struct inode *lock_parent(const char *path, const char **last)
{
	struct inode *dir;

	mutex_lock(&tree_mutex);
	dir = make_parents(path, last);
	if (IS_ERR(dir))
		mutex_unlock(&tree_mutex);
	return dir;
}

static void unlock_parent(struct inode *dir)
{
	iput(dir);
	mutex_unlock(&tree_mutex);
}

int vfs_mkdir_parents(const char *path)
{
	const char *last;
	struct inode *dir = lock_parent(path, &last);

	if (IS_ERR(dir))
		return PTR_ERR(dir);
	unlock_parent(dir);
	return 0;
}

static int __vfs_add(struct inode *dir, struct inode *inode)
{
	if (!inode)
		return -ENOMEM;
	if (!S_ISDIR(dir->i_mode))
		return -ENOTDIR;
	return d_add(dir, inode);
}

int vfs_add(const char *path, umode_t mode, const struct inode_operations *i_op,
	    const struct file_operations *i_fop, void *private)
{
	const char *last;
	struct inode *dir = lock_parent(path, &last), *inode;
	int error;

	if (IS_ERR(dir))
		return PTR_ERR(dir);
	inode = new_inode(last, mode, i_op, i_fop, private);
	error = __vfs_add(dir, inode);
	iput(inode);
	unlock_parent(dir);
	return error;
}

static int __vfs_remove(struct inode *dir, const char *name)
{
	struct inode *inode = S_ISDIR(dir->i_mode) ? d_lookup(dir, name) : NULL;

	if (!inode)
		return -ENOENT;
	d_delete(inode);
	inode->i_fop = NULL; /* a lookup may have found it already: that open must fail (file.c) */
	iput(inode);
	return 0;
}

int vfs_remove(const char *path)
{
	const char *last;
	struct inode *dir = lock_parent(path, &last);
	int error;

	if (IS_ERR(dir))
		return PTR_ERR(dir);
	error = __vfs_remove(dir, last);
	unlock_parent(dir);
	return error;
}

void __init vfs_init(void)
{
	size_t i;

	root_inode = new_inode("", S_IFDIR | 0755, &ramfs_dir_inode_operations,
			       &simple_dir_operations, NULL);
	if (!root_inode)
		panic("No memory for the root directory");
	for (i = 0; i < ARRAY_SIZE(first_directories); i++)
		WARN_ON(vfs_mkdir_parents(first_directories[i]));
	/* Only the kernel makes names in here. */
	WARN_ON(vfs_add("/sys", S_IFDIR | 0555, NULL, &simple_dir_operations, NULL));
}

/* Written from the end of the buffer, as the walk goes upward; then moved to its start. */
int vfs_getpath(struct inode *inode, char *buf, size_t size)
{
	size_t pos = size, len;
	int error = 0;

	if (size < 2)
		return -ERANGE;
	buf[--pos] = '\0';
	mutex_lock(&tree_mutex);
	for (; inode && inode != root_inode && !error; inode = inode->i_parent) {
		len = strlen(inode->i_name);
		if (!inode->i_parent)
			error = -ENOENT;
		else if (pos < len + 1)
			error = -ERANGE;
		else {
			pos -= len;
			memcpy(buf + pos, inode->i_name, len);
			buf[--pos] = '/';
		}
	}
	mutex_unlock(&tree_mutex);
	if (error)
		return error;
	if (pos == size - 1)
		buf[--pos] = '/';
	memmove(buf, buf + pos, size - pos);
	return size - pos;
}
