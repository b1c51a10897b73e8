/* SPDX-License-Identifier: MIT */
/*
 * Facts about a file system. The words are longs; the counts 64 bits, except in the oldest form.
 *
 * Linux counterpart: include/uapi/asm-generic/statfs.h
 */
#pragma once

#define RAMFS_MAGIC 0x858458f6

struct statfs64 {
	unsigned long f_type, f_bsize;
	unsigned long long f_blocks, f_bfree, f_bavail, f_files, f_ffree;
	int f_fsid[2];
	unsigned long f_namelen, f_frsize, f_flags, f_spare[4];
} __attribute__((packed, aligned(4)));
