/* SPDX-License-Identifier: MIT */
/*
 * The operations that change names: making, linking, removing, renaming. Names change only in
 * directories where they can be made: not in /proc. What is refused changes nothing.
 *
 * Linux counterpart: fs/namei.c (vfs_create, vfs_symlink, vfs_link, vfs_unlink, vfs_rename)
 */

#include <kernel/fs/namei.h>
#include <kernel/lib/err.h>
#include <kernel/lib/string.h>

static bool is_dot_name(const char *name)
{
	return !name[0] || !strcmp(name, ".") || !strcmp(name, "..");
}

/* Why no node can be made where the walk has arrived, or 0: then d_add() there succeeds. */
static int new_name_refusal(const struct nameidata *nd, bool is_directory)
{
	struct inode *existing = is_dot_name(nd->last) ? ihold(nd->dir)
						       : d_lookup(nd->dir, nd->last);

	iput(existing);
	if (existing)
		return -EEXIST;
	if (wants_directory(nd) && !is_directory)
		return -EISDIR;
	/* It may have been removed while it is a task's working directory. */
	if (nd->dir != root_inode && !nd->dir->i_linked)
		return -ENOENT;
	return can_change_names(nd->dir) ? 0 : -EROFS;
}

/* Makes a node where the walk has arrived. A reference or ERR_PTR. */
static struct inode *create_last(const struct nameidata *nd, umode_t mode, const char *target)
{
	int error = new_name_refusal(nd, S_ISDIR(mode));
	struct inode *inode;

	if (error)
		return ERR_PTR(error);
	inode = nd->dir->i_op->create(nd->dir, nd->last, mode, target);
	if (!IS_ERR(inode))
		d_add(nd->dir, inode);
	return inode;
}

static struct inode *__vfs_create(const char *path, umode_t mode, const char *target)
{
	struct nameidata nd;
	int error = path_parentat(path, &nd);
	struct inode *inode;

	if (error)
		return ERR_PTR(error);
	inode = create_last(&nd, mode, target);
	path_put(&nd);
	return inode;
}

static struct inode *__lookup_or_create(const char *path, int flags, umode_t mode)
{
	struct nameidata nd;
	int error = path_parentat(path, &nd);
	struct inode *inode;

	if (error)
		return ERR_PTR(error);
	inode = lookup_last(&nd, flags) ?: create_last(&nd, mode, NULL);
	path_put(&nd);
	return inode;
}

/* --- one more name --- */

/* A hard link to file, as an inode that is not yet in the tree, or ERR_PTR. */
static struct inode *new_hardlink(const char *name, struct inode *file)
{
	struct inode *inode;

	if (S_ISDIR(file->i_mode))
		return ERR_PTR(-EPERM);
	/* Where no name can be made, another file system begins. */
	if (file->i_parent && !can_change_names(file->i_parent))
		return ERR_PTR(-EXDEV);
	/* It has lost its last name, and only descriptors lead to it. */
	if (!file->i_nlink)
		return ERR_PTR(-ENOENT);
	inode = new_inode(name, file->i_mode, NULL, NULL, NULL);
	if (!inode)
		return ERR_PTR(-ENOSPC);
	inode->i_hardlink = ihold(file);
	return inode;
}

static int __vfs_link(struct inode *file, const char *path)
{
	struct nameidata nd;
	struct inode *inode;
	int error = path_parentat(path, &nd);

	if (error)
		return error;
	error = new_name_refusal(&nd, false);
	if (!error) {
		inode = new_hardlink(nd.last, file);
		error = PTR_ERR_OR_ZERO(inode);
	}
	if (!error) {
		d_add(nd.dir, inode);
		file->i_nlink++;
		iput(inode);
	}
	path_put(&nd);
	return error;
}

/* --- removing --- */

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

static int __vfs_unlink(const char *path, int flags)
{
	struct nameidata nd;
	int error = path_parentat(path, &nd);
	struct inode *inode;

	if (error)
		return error;
	if (is_dot_name(nd.last)) {
		path_put(&nd);
		return -EINVAL;
	}
	inode = d_lookup(nd.dir, nd.last);
	if (!inode)
		error = -ENOENT;
	else if (wants_directory(&nd) && !S_ISDIR(inode->i_mode))
		error = -ENOTDIR;
	else if (!can_change_names(nd.dir))
		error = -EROFS;
	else
		error = unlink_refusal(inode, flags);
	if (!error)
		d_delete(inode);
	iput(inode);
	path_put(&nd);
	return error;
}

/* --- renaming --- */

/* Whether dir is top or below it. A directory moved below itself could never be reached again. */
static bool lies_below(const struct inode *dir, const struct inode *top)
{
	for (; dir; dir = dir->i_parent)
		if (dir == top)
			return true;
	return false;
}

/* Why inode may not take the place of target (NULL: free) in dir. */
static int rename_refusal(const struct inode *inode, const struct inode *dir,
			  const struct inode *target, unsigned int flags)
{
	if (!can_change_names(dir) || !can_change_names(inode->i_parent))
		return -EROFS;
	if (!inode->i_linked)
		return -EPERM;
	if (lies_below(dir, inode))
		return -EINVAL;
	if (!target)
		return 0;
	if (flags & RENAME_NOREPLACE)
		return -EEXIST;
	return unlink_refusal(target, S_ISDIR(inode->i_mode) ? AT_REMOVEDIR : 0);
}

static int rename_inode(struct inode *inode, const struct nameidata *to, unsigned int flags)
{
	struct inode *target = d_lookup(to->dir, to->last);
	int error = 0;

	/* Two names of one file stay as they are. */
	if (!target || inode_file(target) != inode_file(inode)) {
		error = rename_refusal(inode, to->dir, target, flags);
		if (!error && !target && wants_directory(to) && !S_ISDIR(inode->i_mode))
			error = -ENOTDIR;
		error = error ?: d_rename(inode, to->dir, to->last, target);
	}
	iput(target);
	return error;
}

static int rename_to(const struct nameidata *from, const char *new, unsigned int flags)
{
	struct inode *inode = d_lookup(from->dir, from->last);
	struct nameidata to;
	int error;

	if (!inode)
		return -ENOENT;
	error = path_parentat(new, &to);
	if (!error) {
		error = is_dot_name(to.last) ? -EBUSY : rename_inode(inode, &to, flags);
		path_put(&to);
	}
	iput(inode);
	return error;
}

static int __vfs_rename(const char *old, const char *new, unsigned int flags)
{
	struct nameidata from;
	int error = path_parentat(old, &from);

	if (error)
		return error;
	error = is_dot_name(from.last) ? -EBUSY : rename_to(&from, new, flags);
	path_put(&from);
	return error;
}

/* --- the same with the lock --- */

static struct inode *create_node(const char *path, umode_t mode, const char *target)
{
	struct inode *inode;

	mutex_lock(&tree_mutex);
	inode = __vfs_create(path, mode, target);
	mutex_unlock(&tree_mutex);
	return inode;
}

struct inode *vfs_create(const char *path, umode_t mode)
{
	return create_node(path, mode, NULL);
}

/* Under one lock: between the two, another task could make or remove the name. */
struct inode *vfs_lookup_or_create(const char *path, int flags, umode_t mode)
{
	struct inode *inode;

	mutex_lock(&tree_mutex);
	inode = __lookup_or_create(path, flags, mode);
	mutex_unlock(&tree_mutex);
	return inode;
}

int vfs_symlink(const char *target, const char *path)
{
	struct inode *inode = *target ? create_node(path, S_IFLNK | 0777, target)
				      : ERR_PTR(-ENOENT);

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	iput(inode);
	return 0;
}

int vfs_link(struct inode *file, const char *path)
{
	int error;

	mutex_lock(&tree_mutex);
	error = __vfs_link(file, path);
	mutex_unlock(&tree_mutex);
	return error;
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

int vfs_rename(const char *old, const char *new, unsigned int flags)
{
	int error;

	mutex_lock(&tree_mutex);
	error = __vfs_rename(old, new, flags);
	mutex_unlock(&tree_mutex);
	return error;
}
