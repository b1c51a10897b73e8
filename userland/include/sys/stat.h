/* SPDX-License-Identifier: MIT */
/*
 * Facts about a file. statx() is used because its structure is the same on every architecture;
 * those of the older stat() calls differ between arm and arm64.
 */
#pragma once

#include <stdint.h>
#include <sys/types.h>

#define STATX_BASIC_STATS 0x7ff

#define S_IFMT        0170000
#define S_IFIFO       0010000
#define S_IFCHR       0020000
#define S_IFDIR       0040000
#define S_IFBLK       0060000
#define S_IFREG       0100000
#define S_IFLNK       0120000
#define S_ISDIR(mode) ((S_IFMT & (mode)) == S_IFDIR)
#define S_ISCHR(mode) ((S_IFMT & (mode)) == S_IFCHR)

struct statx_timestamp {
	int64_t tv_sec;
	uint32_t tv_nsec;
	int32_t reserved;
};

struct statx {
	uint32_t stx_mask;
	uint32_t stx_blksize;
	uint64_t stx_attributes;
	uint32_t stx_nlink;
	uint32_t stx_uid;
	uint32_t stx_gid;
	uint16_t stx_mode;
	uint16_t reserved;
	uint64_t stx_ino;
	uint64_t stx_size;
	uint64_t stx_blocks;
	uint64_t stx_attributes_mask;
	struct statx_timestamp stx_atime;
	struct statx_timestamp stx_btime;
	struct statx_timestamp stx_ctime;
	struct statx_timestamp stx_mtime;
	uint32_t stx_rdev_major;
	uint32_t stx_rdev_minor;
	uint32_t stx_dev_major;
	uint32_t stx_dev_minor;
	uint64_t spare[14];
};

_Static_assert(sizeof(struct statx) == 256, "struct statx is part of the system-call interface");

int statx(int dir, const char *path, int flags, unsigned int mask, struct statx *facts);
int mkdir(const char *path, mode_t mode);
