/* SPDX-License-Identifier: MIT */
/*
 * System calls that look a file up and read or change one thing of it. There are no users: root may
 * do everything, except execute a file that lacks every right to execute. Owners are not kept.
 *
 * Linux counterpart: fs/open.c (chmod, access, truncate), fs/utimes.c, fs/stat.c (readlink),
 * fs/namei.c (link)
 */

#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/time_units.h>
#include <kernel/sched/sched.h>
#include <kernel/syscall/path.h>
#include <kernel/syscall/syscall.h>
#include <kernel/syscall/timespec.h>
#include <mm/slab.h>
#include <mm/uaccess.h>

/* --- which inode --- */

static long apply_to_name(const char *path, int flags, inode_fn_t *fn, void *arg)
{
	struct inode *inode = path_lookup(path, flags & AT_SYMLINK_NOFOLLOW);
	long result;

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	result = fn(inode, arg);
	iput(inode);
	return result;
}

long apply_to_fd(int fd, inode_fn_t *fn, void *arg)
{
	struct file *file = fget(fd);
	long result;

	if (!file)
		return -EBADF;
	result = fn(file->f_inode, arg);
	fput(file);
	return result;
}

/* getname() refuses an empty path with -ENOENT. */
long apply_to_path(int dfd, const char __user *user, int flags, inode_fn_t *fn, void *arg)
{
	char *path = getname_at(dfd, user);
	long result = PTR_ERR_OR_ZERO(path);

	if (result == -ENOENT && (flags & AT_EMPTY_PATH))
		return dfd == AT_FDCWD ? apply_to_name(".", 0, fn, arg) : apply_to_fd(dfd, fn, arg);
	if (result)
		return result;
	result = apply_to_name(path, flags, fn, arg);
	putname(path);
	return result;
}

/* --- mode, access, time, size --- */

static long set_mode(struct inode *inode, void *arg)
{
	umode_t mode = *(umode_t *)arg;

	if (!inode)
		return -EINVAL;
	inode->i_mode = (inode->i_mode & S_IFMT) | (mode & 07777);
	return 0;
}

long do_fchmodat(int dfd, const char __user *user, umode_t mode)
{
	return apply_to_path(dfd, user, 0, set_mode, &mode);
}

SYSCALL_DEFINE3(fchmodat, int, dfd, const char __user *, user, umode_t, mode)
{
	return do_fchmodat(dfd, user, mode);
}

SYSCALL_DEFINE2(fchmod, int, fd, umode_t, mode)
{
	return apply_to_fd(fd, set_mode, &mode);
}

long do_nothing(struct inode *inode, void *arg)
{
	return 0;
}

SYSCALL_DEFINE3(fchown, int, fd, int, uid, int, gid)
{
	return apply_to_fd(fd, do_nothing, NULL);
}

SYSCALL_DEFINE5(fchownat, int, dfd, const char __user *, user, int, uid, int, gid, int, flags)
{
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	return apply_to_path(dfd, user, flags, do_nothing, NULL);
}

/* Root may execute a file if anybody may. */
static long may_access(struct inode *inode, void *arg)
{
	bool executes = *(int *)arg & X_OK;

	if (executes && inode && !S_ISDIR(inode->i_mode) && !(inode->i_mode & 0111))
		return -EACCES;
	return 0;
}

long do_faccessat(int dfd, const char __user *user, int mode)
{
	if (mode & ~(R_OK | W_OK | X_OK))
		return -EINVAL;
	return apply_to_path(dfd, user, 0, may_access, &mode);
}

SYSCALL_DEFINE3(faccessat, int, dfd, const char __user *, user, int, mode)
{
	return do_faccessat(dfd, user, mode);
}

SYSCALL_DEFINE1(umask, umode_t, mask)
{
	umode_t old = current->umask;

	current->umask = mask & 0777;
	return old;
}

static long set_mtime(struct inode *inode, void *arg)
{
	const struct timespec64 *mtime = arg;

	if (!inode)
		return -EINVAL;
	if (mtime->tv_nsec == UTIME_NOW)
		inode->i_mtime = ktime_get_real();
	else if (mtime->tv_nsec != UTIME_OMIT) /* the range of this file system begins in 1970 */
		inode->i_mtime = mtime->tv_sec < 0 ? 0 : timespec64_to_ktime(mtime);
	return 0;
}

static bool is_mtime(const struct timespec64 *time)
{
	return (time->tv_nsec >= 0 && time->tv_nsec < NSEC_PER_SEC) || time->tv_nsec == UTIME_NOW ||
	       time->tv_nsec == UTIME_OMIT;
}

/* Without a path the descriptor is meant, and no flag means anything. */
long do_utimensat(int dfd, const char __user *user, const struct timespec64 *times, int flags)
{
	static const struct timespec64 now[2] = { { .tv_nsec = UTIME_NOW },
						  { .tv_nsec = UTIME_NOW } };
	int known = user ? AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH : 0;
	struct timespec64 mtime;

	times = times ?: now;
	mtime = times[1];
	if (flags & ~known || !is_mtime(&times[0]) || !is_mtime(&times[1]))
		return -EINVAL;
	if (!user && dfd != AT_FDCWD)
		return apply_to_fd(dfd, set_mtime, &mtime);
	return apply_to_path(dfd, user, flags, set_mtime, &mtime);
}

SYSCALL_DEFINE4(utimensat, int, dfd, const char __user *, user,
		const struct __kernel_old_timespec __user *, utimes, int, flags)
{
	struct timespec64 times[2];

	if (utimes && (get_old_timespec64(&times[0], &utimes[0]) ||
		       get_old_timespec64(&times[1], &utimes[1])))
		return -EFAULT;
	return do_utimensat(dfd, user, utimes ? times : NULL, flags);
}

/* A descriptor that cannot write cannot cut either. */
static int truncate_refusal(const struct file *file)
{
	const struct inode *inode = file->f_inode;

	if (!inode || !S_ISREG(inode->i_mode) || (file->f_flags & O_ACCMODE) == O_RDONLY)
		return -EINVAL;
	return inode->i_op && inode->i_op->truncate ? 0 : -EINVAL;
}

long do_ftruncate(int fd, loff_t size)
{
	struct file *file;
	long ret;

	if (size < 0)
		return -EINVAL;
	file = fget(fd);
	if (!file)
		return -EBADF;
	ret = truncate_refusal(file) ?: file->f_inode->i_op->truncate(file->f_inode, size);
	fput(file);
	return ret;
}

/* --- one more name --- */

/* A pipe has no name here, and can get none. */
static long link_inode(struct inode *inode, void *path)
{
	return inode ? vfs_link(inode, path) : -EXDEV;
}

long do_linkat(int olddfd, const char __user *old, int newdfd, const char __user *new, int flags)
{
	int lookup = flags & AT_EMPTY_PATH;
	char *path;
	long result;

	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (!(flags & AT_SYMLINK_FOLLOW))
		lookup |= AT_SYMLINK_NOFOLLOW;
	path = getname_at(newdfd, new);
	if (IS_ERR(path))
		return PTR_ERR(path);
	result = apply_to_path(olddfd, old, lookup, link_inode, path);
	putname(path);
	return result;
}

SYSCALL_DEFINE5(linkat, int, olddfd, const char __user *, old, int, newdfd, const char __user *,
		new, int, flags)
{
	return do_linkat(olddfd, old, newdfd, new, flags);
}

/* --- the text of a link --- */

struct link_buffer {
	char __user *buf;
	int size;
};

/* The text is cut where the buffer ends, and has no NUL, as POSIX says of the call. */
static long read_link(struct inode *inode, void *arg)
{
	struct link_buffer *to = arg;
	char *text;
	int len;

	if (!inode || !S_ISLNK(inode->i_mode))
		return -EINVAL;
	text = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	len = inode->i_op->readlink(inode, text, PATH_MAX);
	if (len > 0) {
		len = min(len, to->size);
		if (copy_to_user(to->buf, text, len))
			len = -EFAULT;
	}
	kfree(text);
	return len;
}

long do_readlinkat(int dfd, const char __user *user, char __user *buf, int size)
{
	struct link_buffer to = { buf, size };

	if (size <= 0)
		return -EINVAL;
	return apply_to_path(dfd, user, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH, read_link, &to);
}

SYSCALL_DEFINE4(readlinkat, int, dfd, const char __user *, user, char __user *, buf, int, size)
{
	return do_readlinkat(dfd, user, buf, size);
}
