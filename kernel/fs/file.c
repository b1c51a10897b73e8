/* SPDX-License-Identifier: MIT */
/*
 * Open files: opening, sharing, closing.
 *
 * Linux counterpart: fs/file_table.c, fs/open.c
 */

#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/module/module.h>
#include <mm/slab.h>

/* Takes over the reference on inode, which may be NULL. */
static struct file *alloc_file(struct inode *inode, const struct file_operations *f_op,
			       unsigned int flags)
{
	struct file *file = kzalloc(sizeof(*file), GFP_KERNEL);

	if (!file)
		return NULL;
	spin_lock_init(&file->f_lock);
	mutex_init(&file->f_pos_lock);
	file->f_count = 1;
	file->f_flags = flags & (O_ACCMODE | O_APPEND | O_NONBLOCK);
	file->f_inode = inode;
	file->f_op = f_op;
	return file;
}

struct file *alloc_file_pseudo(const struct file_operations *f_op, unsigned int flags,
			       void *private)
{
	struct file *file = alloc_file(NULL, f_op, flags);

	if (file)
		file->private_data = private;
	return file;
}

/* Finds the inode, or makes it where O_CREAT asks for that. */
static struct inode *open_inode(const char *path, int flags, umode_t mode)
{
	int follow = flags & O_NOFOLLOW ? AT_SYMLINK_NOFOLLOW : 0;

	mode = S_IFREG | (mode & 07777);
	if (!(flags & O_CREAT))
		return path_lookup(path, follow);
	return flags & O_EXCL ? vfs_create(path, mode) : vfs_lookup_or_create(path, follow, mode);
}

/*
 * Returns what the inode's files can do, or NULL, and takes a use of the module that has this code.
 * Under tree_mutex, because vfs_remove() clears i_fop under it before a module is freed.
 */
static const struct file_operations *get_fops(const struct inode *inode)
{
	const struct file_operations *f_op;

	mutex_lock(&tree_mutex);
	f_op = inode->i_fop;
	if (f_op && !try_module_get(f_op->owner))
		f_op = NULL;
	mutex_unlock(&tree_mutex);
	return f_op;
}

static int open_refusal(const struct inode *inode, const struct file_operations *f_op, int flags)
{
	bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_TRUNC);

	if (S_ISLNK(inode->i_mode))
		return -ELOOP;
	if (S_ISDIR(inode->i_mode) && (writes || (flags & O_CREAT)))
		return -EISDIR;
	if ((flags & O_DIRECTORY) && !S_ISDIR(inode->i_mode))
		return -ENOTDIR;
	if (!f_op)
		return -ENXIO;
	return writes && !f_op->write_iter && !f_op->mmap ? -EACCES : 0;
}

/* Takes over the reference on inode. */
static struct file *open_file(struct inode *inode, int flags)
{
	const struct file_operations *f_op = get_fops(inode);
	int error = open_refusal(inode, f_op, flags);
	struct file *file = error ? NULL : alloc_file(inode, f_op, flags);

	if (!file)
		error = error ?: -ENOMEM;
	else if (f_op->open)
		error = f_op->open(inode, file);
	if (error) {
		iput(inode);
		kfree(file);
		module_put(f_op ? f_op->owner : NULL);
		return ERR_PTR(error);
	}
	if ((flags & O_TRUNC) && inode->i_op && inode->i_op->truncate)
		inode->i_op->truncate(inode, 0);
	return file;
}

struct file *filp_open(const char *path, int flags, umode_t mode)
{
	struct inode *inode = open_inode(path, flags, mode);

	return IS_ERR(inode) ? ERR_PTR(PTR_ERR(inode)) : open_file(inode, flags);
}

struct file *get_file(struct file *file)
{
	spin_lock(&file->f_lock);
	file->f_count++;
	spin_unlock(&file->f_lock);
	return file;
}

void fput(struct file *file)
{
	struct module *owner = file->f_op->owner;
	bool last;

	spin_lock(&file->f_lock);
	last = --file->f_count == 0;
	spin_unlock(&file->f_lock);
	if (!last)
		return;
	if (file->f_op->release)
		file->f_op->release(file);
	iput(file->f_inode);
	kfree(file->f_path);
	kfree(file);
	module_put(owner); /* last: the code of release() was the module's */
}
