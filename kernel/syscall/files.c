/* SPDX-License-Identifier: MIT */
/*
 * System calls on descriptors.
 *
 * Linux counterpart: fs/read_write.c, fs/readdir.c, fs/pipe.c, fs/file.c, fs/ioctl.c
 */

#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/syscall/descriptor.h>
#include <kernel/syscall/syscall.h>
#include <kernel/uapi/dirent.h>
#include <mm/uaccess.h>

SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, count)
{
	struct file *file = fget(fd);
	ssize_t ret;

	if (!file)
		return -EBADF;
	ret = vfs_read(file, buf, count);
	fput(file);
	return ret;
}

SYSCALL_DEFINE3(write, unsigned int, fd, const char __user *, buf, size_t, count)
{
	struct file *file = fget(fd);
	ssize_t ret;

	if (!file)
		return -EBADF;
	ret = vfs_write(file, buf, count);
	fput(file);
	return ret;
}

loff_t do_lseek(unsigned int fd, loff_t offset, int whence)
{
	struct file *file = fget(fd);
	loff_t pos;

	if (!file)
		return -EBADF;
	pos = vfs_llseek(file, offset, whence);
	fput(file);
	return pos;
}

SYSCALL_DEFINE3(lseek, unsigned int, fd, long, offset, int, whence)
{
	loff_t pos = do_lseek(fd, offset, whence);

	return pos == (long)pos ? (long)pos : -EOVERFLOW;
}

SYSCALL_DEFINE1(close, unsigned int, fd)
{
	return close_fd(fd);
}

SYSCALL_DEFINE1(dup, unsigned int, fd)
{
	struct file *file = fget(fd);

	return file ? fd_install_from(0, file, 0) : -EBADF;
}

long do_dup3(unsigned int oldfd, unsigned int newfd, int flags)
{
	struct file *file;
	int ret;

	if ((flags & ~O_CLOEXEC) || oldfd == newfd)
		return -EINVAL;
	file = fget(oldfd);
	if (!file)
		return -EBADF;
	ret = replace_fd(newfd, file, flags);
	fput(file);
	return ret;
}

SYSCALL_DEFINE3(dup3, unsigned int, oldfd, unsigned int, newfd, int, flags)
{
	return do_dup3(oldfd, newfd, flags);
}

SYSCALL_DEFINE3(ioctl, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct file *file = fget(fd);
	long ret = -ENOTTY;

	if (!file)
		return -EBADF;
	if (file->f_op->unlocked_ioctl)
		ret = file->f_op->unlocked_ioctl(file, cmd, arg);
	fput(file);
	return ret;
}

/* Gives both files descriptors; fds[] is complete or nothing stays open. */
static int install_pipe(struct file *files[2], int fds[2], int flags)
{
	fds[0] = fd_install_from(0, files[0], flags);
	if (fds[0] < 0) {
		fput(files[1]);
		return fds[0];
	}
	fds[1] = fd_install_from(0, files[1], flags);
	if (fds[1] < 0) {
		close_fd(fds[0]);
		return fds[1];
	}
	return 0;
}

long do_pipe2(int __user *user, int flags)
{
	struct file *files[2];
	int fds[2], error;

	if (flags & ~(O_CLOEXEC | O_NONBLOCK))
		return -EINVAL;
	error = create_pipe_files(files, flags);
	if (!error)
		error = install_pipe(files, fds, flags);
	if (!error && copy_to_user(user, fds, sizeof(fds))) {
		close_fd(fds[0]);
		close_fd(fds[1]);
		error = -EFAULT;
	}
	return error;
}

SYSCALL_DEFINE2(pipe2, int __user *, user, int, flags)
{
	return do_pipe2(user, flags);
}

/* --- fcntl --- */

static long set_status_flags(struct file *file, unsigned int flags)
{
	const unsigned int changeable = O_APPEND | O_NONBLOCK;

	file->f_flags = (file->f_flags & ~changeable) | (flags & changeable);
	return 0;
}

SYSCALL_DEFINE3(fcntl, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct file *file = fget(fd);
	long ret;

	if (!file)
		return -EBADF;
	switch (cmd) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		return fd_install_from(arg, file, cmd == F_DUPFD ? 0 : O_CLOEXEC);
	case F_GETFD:
		ret = get_close_on_exec(fd) ? FD_CLOEXEC : 0;
		break;
	case F_SETFD:
		ret = replace_fd(fd, file, arg & FD_CLOEXEC ? O_CLOEXEC : 0);
		ret = min(ret, 0L);
		break;
	case F_GETFL:
		ret = file->f_flags;
		break;
	case F_SETFL:
		ret = set_status_flags(file, arg);
		break;
	default:
		ret = -EINVAL;
	}
	fput(file);
	return ret;
}

/* --- getdents64 --- */

struct getdents_callback {
	struct dir_context ctx;
	char __user *buf;
	size_t room;
	size_t done;
	int error;
};

static bool filldir64(struct dir_context *ctx, const char *name, size_t namelen, loff_t offset,
		      u64 ino, unsigned int type)
{
	struct getdents_callback *callback = container_of(ctx, struct getdents_callback, ctx);
	u64 space[(offsetof(struct dirent, d_name) + NAME_MAX + 1 + 7) / 8];
	struct dirent *dirent = (struct dirent *)space;
	size_t reclen = ALIGN(offsetof(struct dirent, d_name) + namelen + 1, 8);

	if (reclen > callback->room) {
		callback->error = -EINVAL; /* counts only if it is the first one */
		return false;
	}
	memset(space, 0, reclen);
	dirent->d_ino = ino;
	dirent->d_off = offset;
	dirent->d_reclen = reclen;
	dirent->d_type = type;
	memcpy(dirent->d_name, name, namelen);
	if (copy_to_user(callback->buf, dirent, reclen)) {
		callback->error = -EFAULT;
		return false;
	}
	callback->buf += reclen;
	callback->room -= reclen;
	callback->done += reclen;
	return true;
}

SYSCALL_DEFINE3(getdents64, unsigned int, fd, char __user *, buf, unsigned int, count)
{
	struct getdents_callback callback = {
		.ctx.actor = filldir64,
		.buf = buf,
		.room = count,
	};
	struct file *file = fget(fd);
	int error;

	if (!file)
		return -EBADF;
	error = iterate_dir(file, &callback.ctx);
	fput(file);
	if (!error)
		error = callback.error;
	return callback.done ? (long)callback.done : error;
}
