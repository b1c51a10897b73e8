/* SPDX-License-Identifier: MIT */
/*
 * Facts about a file. statx() alone: its structure is the same on every architecture.
 *
 * Linux counterpart: include/uapi/linux/stat.h
 */
#pragma once

#define S_IFMT        0170000
#define S_IFIFO       0010000
#define S_IFCHR       0020000
#define S_IFDIR       0040000
#define S_IFBLK       0060000
#define S_IFREG       0100000
#define S_IFLNK       0120000
#define S_ISLNK(mode) (((mode) & S_IFMT) == S_IFLNK)
#define S_ISCHR(mode) (((mode) & S_IFMT) == S_IFCHR)
#define S_ISDIR(mode) (((mode) & S_IFMT) == S_IFDIR)
#define S_ISREG(mode) (((mode) & S_IFMT) == S_IFREG)

/* Which fields are asked for, and which were filled. */
#define STATX_TYPE        0x1
#define STATX_MODE        0x2
#define STATX_NLINK       0x4
#define STATX_MTIME       0x40
#define STATX_INO         0x100
#define STATX_SIZE        0x200
#define STATX_BLOCKS      0x400
#define STATX_BASIC_STATS 0x7ff
#define STATX__RESERVED   0x80000000U /* never valid */

struct statx_timestamp {
	long long tv_sec;
	unsigned int tv_nsec;
	int reserved;
};

struct statx {
	unsigned int stx_mask;
	unsigned int stx_blksize;
	unsigned long long stx_attributes;
	unsigned int stx_nlink;
	unsigned int stx_uid;
	unsigned int stx_gid;
	unsigned short stx_mode;
	unsigned short reserved;
	unsigned long long stx_ino;
	unsigned long long stx_size;
	unsigned long long stx_blocks;
	unsigned long long stx_attributes_mask;
	struct statx_timestamp stx_atime, stx_btime, stx_ctime, stx_mtime;
	unsigned int stx_rdev_major, stx_rdev_minor;
	unsigned int stx_dev_major, stx_dev_minor;
	unsigned long long spare[14];
};

_Static_assert(sizeof(struct statx) == 256, "struct statx is part of the system-call interface");
