/* SPDX-License-Identifier: MIT */
/*
 * Facts about a file. statx() alone: its structure is the same on every architecture. Times and
 * owners are not kept, and its mask says so.
 *
 * Linux counterpart: fs/stat.c
 */

#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/syscall/path.h>
#include <kernel/syscall/syscall.h>
#include <mm/uaccess.h>

#define STATX_TYPE  0x1
#define STATX_MODE  0x2
#define STATX_NLINK 0x4
#define STATX_INO   0x100
#define STATX_SIZE  0x200

struct statx_timestamp {
	s64 tv_sec;
	u32 tv_nsec;
	s32 reserved;
};

struct statx {
	u32 stx_mask;
	u32 stx_blksize;
	u64 stx_attributes;
	u32 stx_nlink;
	u32 stx_uid;
	u32 stx_gid;
	u16 stx_mode;
	u16 reserved;
	u64 stx_ino;
	u64 stx_size;
	u64 stx_blocks;
	u64 stx_attributes_mask;
	struct statx_timestamp stx_atime, stx_btime, stx_ctime, stx_mtime;
	u32 stx_rdev_major, stx_rdev_minor;
	u32 stx_dev_major, stx_dev_minor;
	u64 spare[14];
};

_Static_assert(sizeof(struct statx) == 256, "struct statx is part of the system-call interface");

static void fill_statx(struct statx *facts, const struct inode *inode)
{
	*facts = (struct statx){
		.stx_mask = STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_INO | STATX_SIZE,
		.stx_blksize = 4096,
		.stx_nlink = S_ISDIR(inode->i_mode) ? 2 : 1,
		.stx_mode = inode->i_mode,
		.stx_ino = inode->i_ino,
		.stx_size = inode->i_size,
	};
	if (S_ISCHR(inode->i_mode)) {
		facts->stx_rdev_major = MAJOR(inode_rdev(inode));
		facts->stx_rdev_minor = MINOR(inode_rdev(inode));
	}
}

SYSCALL_DEFINE5(statx, int, dfd, const char __user *, user, int, flags, unsigned int, mask,
		struct statx __user *, buf)
{
	char *path = getname_at(dfd, user);
	struct inode *inode;
	struct statx facts;

	if (IS_ERR(path))
		return PTR_ERR(path);
	inode = path_lookup(path);
	putname(path);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	fill_statx(&facts, inode);
	iput(inode);
	return copy_to_user(buf, &facts, sizeof(facts)) ? -EFAULT : 0;
}
