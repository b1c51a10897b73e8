/* SPDX-License-Identifier: MIT */
/*
 * An entry of a directory, as getdents64() writes it: entries follow each other, d_reclen bytes
 * apart, each at a multiple of 8.
 *
 * Linux counterpart: struct linux_dirent64 of include/linux/dirent.h
 */
#pragma once

#define DT_DIR 4 /* a d_type: the type bits of the mode, moved down by 12 */

struct dirent {
	unsigned long long d_ino;
	long long d_off;
	unsigned short d_reclen;
	unsigned char d_type;
	char d_name[]; /* ends in a NUL */
};
