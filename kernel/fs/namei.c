/* SPDX-License-Identifier: MIT */
/*
 * From paths to inodes. One walk serves all: it goes to the parent of the last component and leaves
 * that component's name, so that looking up, creating and removing differ only in what they do
 * there. A symbolic link on the way puts its text in front of the rest of the path.
 *
 * Linux counterpart: fs/namei.c (there by dentries, without one global mutex)
 */

#include <kernel/fs/namei.h>
#include <kernel/lib/err.h>
#include <kernel/lib/string.h>
#include <kernel/sched/sched.h>
#include <mm/slab.h>

/* A chain of symbolic links that is longer ends with -ELOOP: it may be a circle. */
#define MAXSYMLINKS 40

struct inode *root_inode;

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
	struct inode *child, *file;

	if (!S_ISDIR(dir->i_mode))
		return ERR_PTR(-ENOTDIR);
	if (!strcmp(name, "."))
		return ihold(dir);
	if (!strcmp(name, ".."))
		return ihold(dir->i_parent ? dir->i_parent : dir);
	child = d_lookup(dir, name);
	if (!child)
		return ERR_PTR(-ENOENT);
	file = ihold(inode_file(child));
	iput(child);
	return file;
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
 * Goes on along the text of link, which lies in nd->dir; a text that starts with a slash goes on
 * from the root. Returns 0, -ELOOP, -ENAMETOOLONG, -ENOENT (an empty text) or -ENOMEM.
 */
static int follow_link(struct nameidata *nd, const struct inode *link)
{
	char *path;
	int len;

	if (++nd->links > MAXSYMLINKS)
		return -ELOOP;
	path = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!path)
		return -ENOMEM;
	len = link->i_op->readlink(link, path, PATH_MAX);
	if (len >= 0 && strscpy(path + len, nd->rest, PATH_MAX - len) < 0)
		len = -ENAMETOOLONG;
	if (len <= 0) {
		kfree(path);
		return len ? len : -ENOENT;
	}
	kfree(nd->buffer); /* only now: the rest was in it */
	nd->buffer = path;
	nd->rest = path;
	if (*path == '/')
		nd_enter(nd, ihold(root_inode));
	return 0;
}

/* A link that knows its inode itself gives that; takes over the reference. */
static struct inode *get_target(struct inode *inode)
{
	struct inode *target;

	if (IS_ERR(inode) || !S_ISLNK(inode->i_mode) || !inode->i_op->get_link)
		return inode;
	target = inode->i_op->get_link(inode);
	iput(inode);
	return target;
}

/* Goes into nd->last, or along it when it is a link. */
static int step_into(struct nameidata *nd)
{
	struct inode *next = get_target(walk_component(nd->dir, nd->last));
	int error = 0;

	if (IS_ERR(next))
		return PTR_ERR(next);
	if (S_ISLNK(next->i_mode)) {
		error = follow_link(nd, next);
		iput(next);
	} else {
		nd_enter(nd, next);
	}
	return error;
}

/* From where nd stands to the parent of the last component. nd->dir stays the caller's. */
static int walk_to_parent(struct nameidata *nd)
{
	int more, error = 0;

	while ((more = next_component(nd)) > 0 && !is_last_component(nd) && !error)
		error = step_into(nd);
	if (more < 0 || error)
		return error ? error : more;
	return S_ISDIR(nd->dir->i_mode) ? 0 : -ENOTDIR;
}

int path_parentat(const char *path, struct nameidata *nd)
{
	int error;

	if (!*path)
		return -ENOENT;
	nd->rest = path;
	nd->links = 0;
	nd->buffer = NULL;
	nd->dir = ihold(*path != '/' && current->cwd ? current->cwd : root_inode);
	error = walk_to_parent(nd);
	if (error)
		path_put(nd);
	return error;
}

void path_put(struct nameidata *nd)
{
	iput(nd->dir);
	kfree(nd->buffer);
}

/* The inode of nd->last, which is followed while it is a link; NULL: nothing is there. */
static struct inode *follow_last(struct nameidata *nd, int flags)
{
	struct inode *inode;
	int error;

	for (;;) {
		inode = nd->last[0] ? walk_component(nd->dir, nd->last) : ihold(nd->dir);
		if (inode == ERR_PTR(-ENOENT))
			return NULL;
		if (IS_ERR(inode) || !S_ISLNK(inode->i_mode) ||
		    ((flags & AT_SYMLINK_NOFOLLOW) && !wants_directory(nd)))
			return inode;
		if (inode->i_op->get_link)
			return get_target(inode);
		error = follow_link(nd, inode);
		iput(inode);
		error = error ?: walk_to_parent(nd);
		if (error)
			return ERR_PTR(error);
	}
}

struct inode *lookup_last(struct nameidata *nd, int flags)
{
	struct inode *inode = follow_last(nd, flags);

	if (!inode || IS_ERR(inode) || !wants_directory(nd) || S_ISDIR(inode->i_mode))
		return inode;
	iput(inode);
	return ERR_PTR(-ENOTDIR);
}

static struct inode *__path_lookup(const char *path, int flags)
{
	struct nameidata nd;
	int error = path_parentat(path, &nd);
	struct inode *inode;

	if (error)
		return ERR_PTR(error);
	inode = lookup_last(&nd, flags);
	path_put(&nd);
	return inode ?: ERR_PTR(-ENOENT);
}

struct inode *path_lookup(const char *path, int flags)
{
	struct inode *inode;

	mutex_lock(&tree_mutex);
	inode = __path_lookup(path, flags);
	mutex_unlock(&tree_mutex);
	return inode;
}
