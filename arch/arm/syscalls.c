/* SPDX-License-Identifier: MIT */
/*
 * System calls that only this architecture has: old forms that later ports left out, forms with 64
 * bits where a long has 32, and structures of its own. A 64-bit argument takes two registers, the
 * first of them even.
 *
 * Linux counterpart: fs/{stat,statfs,open,read_write}.c, arch/arm/include/uapi/asm/stat.h
 */
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/sched/signal.h>
#include <kernel/syscall/descriptor.h>
#include <kernel/syscall/path.h>
#include <kernel/syscall/syscall.h>
#include <kernel/syscall/timespec.h>
#include <kernel/syscall/usage.h>
#include <kernel/uapi/statfs.h>
#include <mm/address_space.h>
#include <mm/uaccess.h>

/* --- old forms --- */

SYSCALL_DEFINE3(open, const char __user *, path, int, flags, umode_t, mode)
{
	return do_openat(AT_FDCWD, path, flags, mode);
}

SYSCALL_DEFINE1(unlink, const char __user *, path)
{
	return do_unlinkat(AT_FDCWD, path, 0);
}

SYSCALL_DEFINE1(rmdir, const char __user *, path)
{
	return do_unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

SYSCALL_DEFINE2(mkdir, const char __user *, path, umode_t, mode)
{
	return do_mkdirat(AT_FDCWD, path, mode);
}

SYSCALL_DEFINE2(link, const char __user *, old, const char __user *, new)
{
	return do_linkat(AT_FDCWD, old, AT_FDCWD, new, 0);
}

SYSCALL_DEFINE2(rename, const char __user *, old, const char __user *, new)
{
	return do_renameat(AT_FDCWD, old, AT_FDCWD, new, 0);
}

SYSCALL_DEFINE2(symlink, const char __user *, target, const char __user *, path)
{
	return do_symlinkat(target, AT_FDCWD, path);
}

SYSCALL_DEFINE3(readlink, const char __user *, path, char __user *, buf, int, size)
{
	return do_readlinkat(AT_FDCWD, path, buf, size);
}

SYSCALL_DEFINE2(access, const char __user *, path, int, mode)
{
	return do_faccessat(AT_FDCWD, path, mode);
}

SYSCALL_DEFINE2(chmod, const char __user *, path, umode_t, mode)
{
	return do_fchmodat(AT_FDCWD, path, mode);
}

SYSCALL_DEFINE1(pipe, int __user *, fds)
{
	return do_pipe2(fds, 0);
}

/* Unlike dup3(), it takes equal numbers, of a file that is open. */
SYSCALL_DEFINE2(dup2, unsigned int, oldfd, unsigned int, newfd)
{
	if (oldfd == newfd)
		return apply_to_fd(oldfd, do_nothing, NULL) ?: (long)newfd;
	return do_dup3(oldfd, newfd, 0);
}

/* In milliseconds; negative: without end. */
SYSCALL_DEFINE3(poll, struct pollfd __user *, fds, unsigned int, nfds, int, timeout)
{
	struct timespec64 ts = { timeout / 1000, timeout % 1000 * 1000000L };

	return do_ppoll(fds, nfds, timeout < 0 ? NULL : &ts, NULL);
}

SYSCALL_DEFINE3(chown32, const char __user *, path, int, uid, int, gid)
{
	return apply_to_path(AT_FDCWD, path, 0, do_nothing, NULL);
}

SYSCALL_DEFINE3(lchown32, const char __user *, path, int, uid, int, gid)
{
	return apply_to_path(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, do_nothing, NULL);
}

SYSCALL_DEFINE0(vfork)
{
	const struct kernel_clone_args args = { .flags = CLONE_VM | CLONE_VFORK | SIGCHLD };

	return kernel_clone(&args);
}

SYSCALL_DEFINE0(getpgrp)
{
	return current->pgrp;
}

/* The way back from a handler without SA_SIGINFO. */
SYSCALL_DEFINE0(sigreturn)
{
	struct pt_regs *regs = current_pt_regs();
	u64 mask;

	if (restore_frame(regs, &mask))
		force_sig(SIGSEGV, regs, "the frame of a signal handler cannot be read");
	else
		set_current_blocked(mask);
	return -EKEEPREGS;
}

SYSCALL_DEFINE2(ugetrlimit, unsigned int, resource, u32 __user *, user)
{
	u32 limit[2];

	if (resource >= RLIM_NLIMITS)
		return -EINVAL;
	limit[0] = limit[1] = limit_of(resource); /* the low half: no limit is ~0 there, too */
	return copy_to_user(user, limit, sizeof(limit)) ? -EFAULT : 0;
}

/* --- 64 bits --- */

SYSCALL_DEFINE5(_llseek, unsigned int, fd, u32, high, u32, low, loff_t __user *, result, int,
		whence)
{
	loff_t pos = do_lseek(fd, (u64)high << 32 | low, whence);

	if (pos < 0)
		return pos;
	return copy_to_user(result, &pos, sizeof(pos)) ? -EFAULT : 0;
}

SYSCALL_DEFINE4(ftruncate64, int, fd, u32, padding, u32, low, u32, high)
{
	return do_ftruncate(fd, (u64)high << 32 | low);
}

SYSCALL_DEFINE4(sendfile64, int, out, int, in, loff_t __user *, user_pos, size_t, count)
{
	loff_t pos;
	long ret;

	if (!user_pos)
		return do_sendfile(out, in, NULL, count);
	if (copy_from_user(&pos, user_pos, sizeof(pos)))
		return -EFAULT;
	ret = do_sendfile(out, in, &pos, count);
	return copy_to_user(user_pos, &pos, sizeof(pos)) ? -EFAULT : ret;
}

/* --- facts about files --- */

struct stat64 {
	u64 st_dev;
	u32 pad0, st_ino32;
	u32 st_mode, st_nlink, st_uid, st_gid;
	u64 st_rdev;
	u32 pad1;
	s64 st_size __aligned(8);
	u32 st_blksize;
	u64 st_blocks __aligned(8);
	u32 atime[2], mtime[2], ctime[2]; /* seconds, nanoseconds */
	u64 st_ino;
};

_Static_assert(sizeof(struct stat64) == 104, "struct stat64 is part of the system-call interface");

static long put_stat(const struct statx *facts, struct stat64 __user *user)
{
	const struct stat64 stat = {
		.st_dev = new_encode_dev(facts->stx_dev_major, facts->stx_dev_minor),
		.st_ino32 = facts->stx_ino,
		.st_ino = facts->stx_ino,
		.st_mode = facts->stx_mode,
		.st_nlink = facts->stx_nlink,
		.st_rdev = new_encode_dev(facts->stx_rdev_major, facts->stx_rdev_minor),
		.st_size = facts->stx_size,
		.st_blksize = facts->stx_blksize,
		.st_blocks = facts->stx_blocks,
		.atime = { facts->stx_atime.tv_sec, facts->stx_atime.tv_nsec },
		.mtime = { facts->stx_mtime.tv_sec, facts->stx_mtime.tv_nsec },
		.ctime = { facts->stx_ctime.tv_sec, facts->stx_ctime.tv_nsec },
	};

	return copy_to_user(user, &stat, sizeof(stat)) ? -EFAULT : 0;
}

static long stat_path(int dfd, const char __user *path, int flags, struct stat64 __user *buf)
{
	struct statx facts;

	return do_statx(dfd, path, flags, &facts) ?: put_stat(&facts, buf);
}

SYSCALL_DEFINE2(stat64, const char __user *, path, struct stat64 __user *, buf)
{
	return stat_path(AT_FDCWD, path, 0, buf);
}

SYSCALL_DEFINE2(lstat64, const char __user *, path, struct stat64 __user *, buf)
{
	return stat_path(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, buf);
}

SYSCALL_DEFINE4(fstatat64, int, dfd, const char __user *, path, struct stat64 __user *, buf, int,
		flags)
{
	return stat_path(dfd, path, flags, buf);
}

SYSCALL_DEFINE2(fstat64, int, fd, struct stat64 __user *, buf)
{
	struct statx facts;

	return do_fstat(fd, &facts) ?: put_stat(&facts, buf);
}

/* Some programs pad the structure by four bytes. */
static long put_sized_statfs(size_t size, struct statfs64 __user *buf)
{
	if (size != sizeof(*buf) && size != sizeof(*buf) + 4)
		return -EINVAL;
	return put_statfs(buf);
}

SYSCALL_DEFINE3(statfs64, const char __user *, path, size_t, size, struct statfs64 __user *, buf)
{
	return apply_to_path(AT_FDCWD, path, 0, do_nothing, NULL) ?: put_sized_statfs(size, buf);
}

SYSCALL_DEFINE3(fstatfs64, int, fd, size_t, size, struct statfs64 __user *, buf)
{
	return apply_to_fd(fd, do_nothing, NULL) ?: put_sized_statfs(size, buf);
}

/* --- seconds of 64 bits --- */

SYSCALL_DEFINE2(clock_gettime64, int, clock, struct __kernel_timespec __user *, user)
{
	struct timespec64 now;

	return read_clock(clock, &now) ?: put_timespec64(&now, user);
}

SYSCALL_DEFINE4(clock_nanosleep_time64, int, clock, int, flags,
		const struct __kernel_timespec __user *, user, struct __kernel_timespec __user *,
		remaining)
{
	struct timespec64 ts, left;
	long ret;

	if (get_timespec64(&ts, user))
		return -EFAULT;
	ret = do_nanosleep(clock, flags, &ts, &left);
	if (ret == -EINTR && remaining && put_timespec64(&left, remaining))
		return -EFAULT;
	return ret;
}

SYSCALL_DEFINE4(utimensat_time64, int, dfd, const char __user *, path,
		const struct __kernel_timespec __user *, user, int, flags)
{
	struct timespec64 times[2];

	if (user && (get_timespec64(&times[0], &user[0]) || get_timespec64(&times[1], &user[1])))
		return -EFAULT;
	return do_utimensat(dfd, path, user ? times : NULL, flags);
}

SYSCALL_DEFINE4(ppoll_time64, struct pollfd __user *, fds, unsigned int, nfds,
		const struct __kernel_timespec __user *, user, const u64 __user *, mask)
{
	struct timespec64 ts;

	if (user && get_timespec64(&ts, user))
		return -EFAULT;
	return do_ppoll(fds, nfds, user ? &ts : NULL, mask);
}

SYSCALL_DEFINE6(pselect6_time64, int, n, unsigned long __user *, in, unsigned long __user *, out,
		unsigned long __user *, ex, const struct __kernel_timespec __user *, user,
		const void __user *, mask)
{
	struct timespec64 ts;

	if (user && get_timespec64(&ts, user))
		return -EFAULT;
	return do_pselect(n, (unsigned long __user *[3]){ in, out, ex }, user ? &ts : NULL, mask);
}

SYSCALL_DEFINE4(futex_time64, u32 __user *, word, int, op, u32, value,
		const struct __kernel_timespec __user *, user)
{
	struct timespec64 ts;

	if (user && get_timespec64(&ts, user))
		return -EFAULT;
	return do_futex(word, op, value, user ? &ts : NULL);
}
