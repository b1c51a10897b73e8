/* SPDX-License-Identifier: MIT */
/*
 * System calls whose structures are this architecture's own.
 *
 * Linux counterpart: fs/{stat,statfs,open}.c, include/uapi/asm-generic/stat.h
 */
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/syscall/path.h>
#include <kernel/syscall/syscall.h>
#include <kernel/uapi/statfs.h>
#include <mm/uaccess.h>

struct stat {
	u64 st_dev, st_ino;
	u32 st_mode, st_nlink, st_uid, st_gid;
	u64 st_rdev, pad1;
	s64 st_size;
	s32 st_blksize, pad2;
	s64 st_blocks;
	s64 atime[2], mtime[2], ctime[2]; /* seconds, nanoseconds */
	u32 unused[2];
};

static long put_stat(const struct statx *facts, struct stat __user *user)
{
	const struct stat stat = {
		.st_dev = new_encode_dev(facts->stx_dev_major, facts->stx_dev_minor),
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

SYSCALL_DEFINE4(newfstatat, int, dfd, const char __user *, path, struct stat __user *, buf, int,
		flags)
{
	struct statx facts;

	return do_statx(dfd, path, flags, &facts) ?: put_stat(&facts, buf);
}

SYSCALL_DEFINE2(fstat, int, fd, struct stat __user *, buf)
{
	struct statx facts;

	return do_fstat(fd, &facts) ?: put_stat(&facts, buf);
}

SYSCALL_DEFINE2(statfs, const char __user *, path, struct statfs64 __user *, buf)
{
	return apply_to_path(AT_FDCWD, path, 0, do_nothing, NULL) ?: put_statfs(buf);
}

SYSCALL_DEFINE2(fstatfs, int, fd, struct statfs64 __user *, buf)
{
	return apply_to_fd(fd, do_nothing, NULL) ?: put_statfs(buf);
}

SYSCALL_DEFINE2(ftruncate, int, fd, loff_t, size)
{
	return do_ftruncate(fd, size);
}
