/* SPDX-License-Identifier: MIT */
/*
 * System calls that move bytes in other ways than from one buffer: from several, and from file to
 * file.
 *
 * Linux counterpart: fs/read_write.c (do_readv, do_sendfile), lib/iov_iter.c
 */

#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/macros.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/syscall/descriptor.h>
#include <kernel/syscall/syscall.h>
#include <mm/gfp.h>
#include <mm/slab.h>
#include <mm/uaccess.h>

#define UIO_MAXIOV 1024

struct iovec {
	unsigned long iov_base, iov_len;
};

typedef ssize_t move_fn_t(struct file *file, char __user *buf, size_t count);

/* One buffer after the other, until one is not done completely. */
static long move_buffers(struct file *file, const struct iovec *vec, unsigned long count,
			 move_fn_t *move)
{
	ssize_t n = 0;
	long done = 0;

	for (; count--; vec++) {
		n = move(file, (char __user *)vec->iov_base, vec->iov_len);
		if (n < 0)
			break;
		done += n;
		if ((size_t)n < vec->iov_len)
			break;
	}
	return done ? done : n;
}

/* Refuses a length that no result could express, and a buffer outside user space. */
static int iovec_refusal(const struct iovec *vec, unsigned long count)
{
	for (; count--; vec++) {
		if ((long)vec->iov_len < 0)
			return -EINVAL;
		if (!access_ok((const void __user *)vec->iov_base, vec->iov_len))
			return -EFAULT;
	}
	return 0;
}

/*
 * Returns a copy that was checked, for kfree(), or ERR_PTR. The program could change its own array
 * between the check and the use.
 */
static struct iovec *import_iovec(const struct iovec __user *user, unsigned long count)
{
	struct iovec *vec;
	int error;

	if (count > UIO_MAXIOV)
		return ERR_PTR(-EINVAL);
	vec = kmalloc((count ?: 1) * sizeof(*vec), GFP_KERNEL);
	if (!vec)
		return ERR_PTR(-ENOMEM);
	error = copy_from_user(vec, user, count * sizeof(*vec)) ? -EFAULT
								: iovec_refusal(vec, count);
	if (!error)
		return vec;
	kfree(vec);
	return ERR_PTR(error);
}

static long do_vector(int fd, const struct iovec __user *user, unsigned long count, move_fn_t *move)
{
	struct file *file = fget(fd);
	struct iovec *vec;
	long ret;

	if (!file)
		return -EBADF;
	vec = import_iovec(user, count);
	ret = PTR_ERR_OR_ZERO(vec);
	if (!ret) {
		ret = move_buffers(file, vec, count, move);
		kfree(vec);
	}
	fput(file);
	return ret;
}

static ssize_t write_piece(struct file *file, char __user *buf, size_t count)
{
	return vfs_write(file, buf, count);
}

SYSCALL_DEFINE3(readv, unsigned int, fd, const struct iovec __user *, vec, unsigned long, count)
{
	return do_vector(fd, vec, count, vfs_read);
}

SYSCALL_DEFINE3(writev, unsigned int, fd, const struct iovec __user *, vec, unsigned long, count)
{
	return do_vector(fd, vec, count, write_piece);
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

/* The source must have positions. The bytes go to the other one's position, not to its end. */
static bool can_send(const struct file *out, const struct file *in)
{
	return in->f_inode && S_ISREG(in->f_inode->i_mode) && !(out->f_flags & O_APPEND);
}

/* For other files the program gets -EINVAL and falls back to read(). */
long do_sendfile(int out_fd, int in_fd, loff_t *pos, size_t count)
{
	struct file *in = fget(in_fd), *out = fget(out_fd);
	long ret = -EBADF;

	if (in && out && ((ssize_t)count < 0 || !can_send(out, in)))
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
