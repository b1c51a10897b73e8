/* SPDX-License-Identifier: MIT */
/*
 * Facts about a file. struct statx is the same on every architecture, and the older structures are
 * filled from it (arch/<name>/syscalls.c). Owners are not kept, and of times only that of the last
 * change; its mask says so.
 *
 * Linux counterpart: fs/stat.c, fs/statfs.c
 */

#include <kernel/fs/fs.h>
#include <kernel/syscall/path.h>
#include <kernel/syscall/syscall.h>
#include <kernel/uapi/limits.h>
#include <kernel/uapi/statfs.h>
#include <mm/uaccess.h>

#define KNOWN_FACTS                                                                     \
	(STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_MTIME | STATX_INO | STATX_SIZE | \
	 STATX_BLOCKS)

static long get_facts(struct inode *inode, void *arg)
{
	struct statx *facts = arg;
	struct timespec64 mtime;

	*facts = (struct statx){ .stx_mask = STATX_TYPE,
				 .stx_mode = S_IFIFO | 0600,
				 .stx_nlink = 1 };
	if (!inode)
		return 0;
	mtime = ns_to_timespec64(inode->i_mtime);
	*facts = (struct statx){
		.stx_mask = KNOWN_FACTS,
		.stx_blksize = 4096,
		.stx_nlink = S_ISDIR(inode->i_mode) ? 2 : inode->i_nlink,
		.stx_mode = inode->i_mode,
		.stx_ino = inode->i_ino,
		.stx_size = inode->i_size,
		.stx_blocks = (u64)(inode->i_size + 4095) / 4096 * 8,
		.stx_mtime = { mtime.tv_sec, mtime.tv_nsec },
		.stx_dev_minor = 1,
	};
	facts->stx_atime = facts->stx_ctime = facts->stx_mtime;
	if (S_ISCHR(inode->i_mode)) {
		facts->stx_rdev_major = MAJOR(inode_rdev(inode));
		facts->stx_rdev_minor = MINOR(inode_rdev(inode));
	}
	return 0;
}

long do_statx(int dfd, const char __user *user, int flags, struct statx *facts)
{
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE))
		return -EINVAL;
	return apply_to_path(dfd, user, flags, get_facts, facts);
}

long do_fstat(int fd, struct statx *facts)
{
	return apply_to_fd(fd, get_facts, facts);
}

/* The two bits of AT_STATX_SYNC_TYPE are alternatives. */
SYSCALL_DEFINE5(statx, int, dfd, const char __user *, user, int, flags, unsigned int, mask,
		struct statx __user *, buf)
{
	struct statx facts;
	long error;

	if ((flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE || mask & STATX__RESERVED)
		return -EINVAL;
	error = do_statx(dfd, user, flags, &facts);
	if (error)
		return error;
	return copy_to_user(buf, &facts, sizeof(facts)) ? -EFAULT : 0;
}

/* --- the file system; there is one --- */

long put_statfs(struct statfs64 __user *buf)
{
	static const struct statfs64 facts = {
		.f_type = RAMFS_MAGIC,
		.f_bsize = 4096,
		.f_frsize = 4096,
		.f_namelen = NAME_MAX,
	};

	return copy_to_user(buf, &facts, sizeof(facts)) ? -EFAULT : 0;
}
