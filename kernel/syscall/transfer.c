/* SPDX-License-Identifier: MIT */
/*
 * System calls that move bytes in other ways than from one buffer: from several, and from file to
 * file.
 *
 * Linux counterpart: fs/read_write.c (do_readv, do_sendfile), lib/iov_iter.c
 */

#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/syscall/descriptor.h>
#include <kernel/syscall/syscall.h>
#include <mm/gfp.h>
#include <mm/uaccess.h>

#define UIO_MAXIOV 1024

struct iovec {
	unsigned long iov_base, iov_len;
};

/* One buffer after the other, until one is not done completely. */
static long do_vector(struct file *file, const struct iovec __user *vec, unsigned long count,
		      ssize_t (*move)(struct file *file, char __user *buf, size_t count))
{
	struct iovec one;
	ssize_t n = 0;
	long done = 0;

	if (count > UIO_MAXIOV)
		return -EINVAL;
	for (; count--; vec++) {
		if (copy_from_user(&one, vec, sizeof(one)))
			n = -EFAULT;
		else
			n = move(file, (char __user *)one.iov_base, one.iov_len);
		if (n < 0)
			break;
		done += n;
		if ((size_t)n < one.iov_len)
			break;
	}
	return done ? done : n;
}

static ssize_t write_piece(struct file *file, char __user *buf, size_t count)
{
	return vfs_write(file, buf, count);
}

SYSCALL_DEFINE3(readv, unsigned int, fd, const struct iovec __user *, vec, unsigned long, count)
{
	struct file *file = fget(fd);
	long ret;

	if (!file)
		return -EBADF;
	ret = do_vector(file, vec, count, vfs_read);
	fput(file);
	return ret;
}

SYSCALL_DEFINE3(writev, unsigned int, fd, const struct iovec __user *, vec, unsigned long, count)
{
	struct file *file = fget(fd);
	long ret;

	if (!file)
		return -EBADF;
	ret = do_vector(file, vec, count, write_piece);
	fput(file);
	return ret;
}

/* --- sendfile --- */

/* One page at a time through bounce. Returns the bytes moved, or an errno before any were. */
static long move_pages(struct file *out, struct file *in, loff_t *pos, size_t count, void *bounce)
{
	loff_t at, end = out->f_pos;
	ssize_t n = 0, written;
	long done = 0;

	while ((size_t)done < count && !signal_pending(current)) {
		at = *pos;
		n = kernel_read(in, bounce, min_t(size_t, count - done, PAGE_SIZE), &at);
		if (n <= 0)
			break;
		written = kernel_write(out, bounce, n, &end);
		if (written < 0) {
			n = written;
			break;
		}
		*pos += written;
		done += written;
		if (written < n)
			break;
	}
	out->f_pos = end;
	return done ? done : n;
}

static long send_pages(struct file *out, struct file *in, loff_t *pos, size_t count)
{
	void *bounce = (void *)__get_free_page(GFP_KERNEL);
	long done;

	if (!bounce)
		return -ENOMEM;
	done = move_pages(out, in, pos, min_t(size_t, count, 0x7ffff000), bounce);
	free_page((unsigned long)bounce);
	return done;
}

/* The source must have positions; the caller of the call falls back to read() otherwise. */
long do_sendfile(int out_fd, int in_fd, loff_t *pos, size_t count)
{
	struct file *in = fget(in_fd), *out = fget(out_fd);
	long ret = -EBADF;

	if (in && out && (!in->f_inode || !S_ISREG(in->f_inode->i_mode)))
		ret = -EINVAL;
	else if (in && out)
		ret = send_pages(out, in, pos ? pos : &in->f_pos, count);
	if (in)
		fput(in);
	if (out)
		fput(out);
	return ret;
}

SYSCALL_DEFINE4(sendfile, int, out, int, in, long __user *, user_pos, size_t, count)
{
	loff_t pos;
	long at = 0, ret;

	if (!user_pos)
		return do_sendfile(out, in, NULL, count);
	if (get_user(at, user_pos))
		return -EFAULT;
	pos = at;
	ret = do_sendfile(out, in, &pos, count);
	at = pos;
	return put_user(at, user_pos) ? -EFAULT : ret;
}
