/* SPDX-License-Identifier: MIT */
/*
 * From paths to inodes, and the operations that change names. One walk serves all: it goes to the
 * parent of the last component and leaves that component's name, so that looking up, creating and
 * removing differ only in what they do there.
 *
 * Linux counterpart: fs/namei.c (there by dentries, without one global mutex, with symbolic links)
 */

#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/string.h>
#include <kernel/sched/sched.h>

struct inode *root_inode;

/* The state of a walk: the directory it has reached (a reference) and the next component. */
struct nameidata {
	struct inode *dir;
	const char *rest;
	char last[NAME_MAX + 1]; /* empty: the path is the directory itself */
};

static void nd_enter(struct nameidata *nd, struct inode *inode)
{
	iput(nd->dir);
	nd->dir = inode;
}

/*
 * Takes one component off the path into nd->last. Returns 1, 0 when there is none, or
 * -ENAMETOOLONG.
 */
static int next_component(struct nameidata *nd)
{
	size_t len;

	while (*nd->rest == '/')
		nd->rest++;
	len = strcspn(nd->rest, "/");
	if (len > NAME_MAX)
		return -ENAMETOOLONG;
	memcpy(nd->last, nd->rest, len);
	nd->last[len] = '\0';
	nd->rest += len;
	return len != 0;
}

struct inode *walk_component(struct inode *dir, const char *name)
{
	struct inode *child;

	if (!S_ISDIR(dir->i_mode))
		return ERR_PTR(-ENOTDIR);
	if (!strcmp(name, "."))
		return ihold(dir);
	if (!strcmp(name, ".."))
		return ihold(dir->i_parent ? dir->i_parent : dir);
	child = d_lookup(dir, name);
	return child ? child : ERR_PTR(-ENOENT);
}

/* Whether nothing but slashes follows. */
static bool is_last_component(const struct nameidata *nd)
{
	const char *rest = nd->rest;

	while (*rest == '/')
		rest++;
	return !*rest;
}

/*
 * Walks to the parent of path's last component, whose name is then in nd->last. On success nd->dir
 * is a directory and the caller's to put. tree_mutex is held.
 */
static int path_parentat(const char *path, struct nameidata *nd)
{
	struct inode *next;
	int more;

	if (!*path)
		return -ENOENT;
	nd->rest = path;
	nd->dir = ihold(*path != '/' && current->cwd ? current->cwd : root_inode);
	while ((more = next_component(nd)) > 0 && !is_last_component(nd)) {
		next = walk_component(nd->dir, nd->last);
		if (IS_ERR(next)) {
			iput(nd->dir);
			return PTR_ERR(next);
		}
		nd_enter(nd, next);
	}
	if (more >= 0 && !S_ISDIR(nd->dir->i_mode))
		more = -ENOTDIR;
	if (more < 0)
		iput(nd->dir);
	return more < 0 ? more : 0;
}

static struct inode *__path_lookup(const char *path)
{
	struct nameidata nd;
	int error = path_parentat(path, &nd);
	struct inode *inode;

	if (error)
		return ERR_PTR(error);
	if (!nd.last[0])
		return nd.dir;
	inode = walk_component(nd.dir, nd.last);
	iput(nd.dir);
	if (!IS_ERR(inode) && *nd.rest == '/' && !S_ISDIR(inode->i_mode)) {
		iput(inode);
		return ERR_PTR(-ENOTDIR);
	}
	return inode;
}

struct inode *path_lookup(const char *path)
{
	struct inode *inode;

	mutex_lock(&tree_mutex);
	inode = __path_lookup(path);
	mutex_unlock(&tree_mutex);
	return inode;
}

/* --- changing the tree; tree_mutex is held --- */

static bool is_dot_name(const char *name)
{
	return !name[0] || !strcmp(name, ".") || !strcmp(name, "..");
}

/* A directory may be removed while it is a task's working directory: it takes no new names. */
static struct inode *create_child(struct inode *dir, const char *name, umode_t mode)
{
	struct inode *inode;
	int error;

	if (dir != root_inode && !dir->i_linked)
		return ERR_PTR(-ENOENT);
	if (!dir->i_op || !dir->i_op->create)
		return ERR_PTR(-EROFS);
	inode = dir->i_op->create(dir, name, mode);
	if (IS_ERR(inode))
		return inode;
	error = d_add(dir, inode);
	if (error) {
		iput(inode);
		return ERR_PTR(error);
	}
	return inode;
}

static struct inode *__vfs_create(const char *path, umode_t mode)
{
	struct nameidata nd;
	int error = path_parentat(path, &nd);
	struct inode *existing, *inode;

	if (error)
		return ERR_PTR(error);
	existing = is_dot_name(nd.last) ? ihold(nd.dir) : d_lookup(nd.dir, nd.last);
	if (existing)
		inode = ERR_PTR(-EEXIST);
	else if (*nd.rest == '/' && !S_ISDIR(mode))
		inode = ERR_PTR(-EISDIR);
	else
		inode = create_child(nd.dir, nd.last, mode);
	iput(existing);
	iput(nd.dir);
	return inode;
}

static int unlink_refusal(const struct inode *inode, int flags)
{
	if (!inode->i_linked)
		return -EPERM;
	if (!(flags & AT_REMOVEDIR))
		return S_ISDIR(inode->i_mode) ? -EISDIR : 0;
	if (!S_ISDIR(inode->i_mode))
		return -ENOTDIR;
	return list_empty(&inode->i_children) ? 0 : -ENOTEMPTY;
}

/* Only where names can be made can they be removed: not in /proc. */
static int __vfs_unlink(const char *path, int flags)
{
	struct nameidata nd;
	int error = path_parentat(path, &nd);
	struct inode *inode;

	if (error)
		return error;
	if (is_dot_name(nd.last)) {
		iput(nd.dir);
		return -EINVAL;
	}
	inode = d_lookup(nd.dir, nd.last);
	if (!inode)
		error = -ENOENT;
	else if (*nd.rest == '/' && !S_ISDIR(inode->i_mode))
		error = -ENOTDIR;
	else if (!nd.dir->i_op || !nd.dir->i_op->create)
		error = -EROFS;
	else
		error = unlink_refusal(inode, flags);
	if (!error)
		d_delete(inode);
	iput(inode);
	iput(nd.dir);
	return error;
}

/* --- the same with the lock --- */

struct inode *vfs_create(const char *path, umode_t mode)
{
	struct inode *inode;

	mutex_lock(&tree_mutex);
	inode = __vfs_create(path, mode);
	mutex_unlock(&tree_mutex);
	return inode;
}

int vfs_mkdir(const char *path, umode_t mode)
{
	struct inode *inode = vfs_create(path, S_IFDIR | (mode & 07777));

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	iput(inode);
	return 0;
}

int vfs_unlink(const char *path, int flags)
{
	int error;

	mutex_lock(&tree_mutex);
	error = __vfs_unlink(path, flags);
	mutex_unlock(&tree_mutex);
	return error;
}
