/* SPDX-License-Identifier: MIT */
/*
 * Reading, writing and seeking in open files.
 *
 * Linux counterpart: fs/read_write.c
 */

#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <mm/uaccess.h>

/* One transfer moves at most this much, so that a count fits an ssize_t with room to spare. */
#define MAX_RW_COUNT 0x7ffff000UL

static bool readable(const struct file *file)
{
	return (file->f_flags & O_ACCMODE) != O_WRONLY;
}

static bool writable(const struct file *file)
{
	return (file->f_flags & O_ACCMODE) != O_RDONLY;
}

/*
 * A position matters, and tasks may share it: not for terminals and pipes, where readers may sleep
 * long.
 */
static bool has_position(const struct file *file)
{
	return file->f_inode && (S_ISREG(file->f_inode->i_mode) || S_ISDIR(file->f_inode->i_mode));
}

static void file_lock_pos(struct file *file)
{
	if (has_position(file))
		mutex_lock(&file->f_pos_lock);
}

static void file_unlock_pos(struct file *file)
{
	if (has_position(file))
		mutex_unlock(&file->f_pos_lock);
}

static ssize_t do_read(struct file *file, struct iov_iter *to, loff_t *pos)
{
	struct kiocb iocb = { .ki_filp = file, .ki_pos = *pos };
	ssize_t ret;

	if (!readable(file))
		return -EBADF;
	if (!file->f_op->read_iter)
		return -EINVAL;
	ret = file->f_op->read_iter(&iocb, to);
	*pos = iocb.ki_pos;
	return ret;
}

static ssize_t do_write(struct file *file, struct iov_iter *from, loff_t *pos)
{
	struct kiocb iocb = { .ki_filp = file, .ki_pos = *pos };
	ssize_t ret;

	if (!writable(file))
		return -EBADF;
	if (!file->f_op->write_iter)
		return -EINVAL;
	ret = file->f_op->write_iter(&iocb, from);
	*pos = iocb.ki_pos;
	return ret;
}

ssize_t vfs_read(struct file *file, char __user *buf, size_t count)
{
	struct iov_iter to = iov_iter_ubuf(buf, min(count, MAX_RW_COUNT));
	ssize_t ret;

	if (!access_ok(buf, count))
		return -EFAULT; /* more than there is user memory: not a wish, but a mistake */
	if (file->f_inode && S_ISDIR(file->f_inode->i_mode))
		return -EISDIR;
	file_lock_pos(file);
	ret = do_read(file, &to, &file->f_pos);
	file_unlock_pos(file);
	return ret;
}

ssize_t vfs_write(struct file *file, const char __user *buf, size_t count)
{
	struct iov_iter from = iov_iter_ubuf(buf, min(count, MAX_RW_COUNT));
	ssize_t ret;

	if (!access_ok(buf, count))
		return -EFAULT;
	file_lock_pos(file);
	ret = do_write(file, &from, &file->f_pos);
	file_unlock_pos(file);
	return ret;
}

ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t *pos)
{
	struct iov_iter to = iov_iter_kbuf(buf, count);

	return do_read(file, &to, pos);
}

ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos)
{
	struct iov_iter from = iov_iter_kbuf(buf, count);

	return do_write(file, &from, pos);
}

loff_t generic_file_llseek(struct file *file, loff_t offset, int whence)
{
	const loff_t base[] = {
		[SEEK_SET] = 0,
		[SEEK_CUR] = file->f_pos,
		[SEEK_END] = file->f_inode->i_size,
	};
	loff_t pos;

	if (whence < SEEK_SET || whence > SEEK_END)
		return -EINVAL;
	if (__builtin_add_overflow(base[whence], offset, &pos) || pos < 0)
		return -EINVAL;
	file->f_pos = pos;
	return pos;
}

loff_t vfs_llseek(struct file *file, loff_t offset, int whence)
{
	loff_t pos;

	if (!file->f_op->llseek)
		return -ESPIPE;
	file_lock_pos(file);
	pos = file->f_op->llseek(file, offset, whence);
	file_unlock_pos(file);
	return pos;
}

int iterate_dir(struct file *file, struct dir_context *ctx)
{
	int error;

	if (!file->f_op->iterate_shared)
		return -ENOTDIR;
	mutex_lock(&file->f_pos_lock);
	ctx->pos = file->f_pos;
	error = file->f_op->iterate_shared(file, ctx);
	file->f_pos = ctx->pos;
	mutex_unlock(&file->f_pos_lock);
	return error;
}
