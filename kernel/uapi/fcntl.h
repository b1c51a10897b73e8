/* SPDX-License-Identifier: MIT */
/*
 * Opening files: what open() and its kin are told.
 *
 * The headers of this folder are the system-call interface: numbers and structures that the kernel
 * and the programs in userland must agree on, written once and read by both. They use plain C
 * types, whose sizes are the same on both architectures, and include nothing. Numbers of calls are
 * in asm/unistd.h, those of errors in kernel/lib/errno.h.
 *
 * Linux counterpart: include/uapi/asm-generic/fcntl.h, include/uapi/linux/{fcntl,fs}.h
 */
#pragma once

#define O_ACCMODE   03
#define O_RDONLY    00
#define O_WRONLY    01
#define O_RDWR      02
#define O_CREAT     0100
#define O_EXCL      0200
#define O_TRUNC     01000
#define O_APPEND    02000
#define O_NONBLOCK  04000
#define O_DIRECTORY 040000 /* these two have other values on other machines */
#define O_NOFOLLOW  0100000
#define O_CLOEXEC   02000000

#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2

/* fcntl() */
#define F_DUPFD         0
#define F_GETFD         1
#define F_SETFD         2
#define F_GETFL         3
#define F_SETFL         4
#define F_DUPFD_CLOEXEC 1030

#define FD_CLOEXEC 1

/* renameat2() */
#define RENAME_NOREPLACE 1

/* faccessat() */
#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4

/* utimensat(), in tv_nsec */
#define UTIME_NOW  0x3fffffff
#define UTIME_OMIT 0x3ffffffe

/* Instead of a directory's descriptor: a relative path starts at the current directory. */
#define AT_FDCWD (-100)

#define AT_SYMLINK_NOFOLLOW 0x100
#define AT_REMOVEDIR        0x200  /* unlinkat(): a directory */
#define AT_SYMLINK_FOLLOW   0x400  /* linkat(): not the link itself */
#define AT_NO_AUTOMOUNT     0x800  /* nothing is mounted by itself here */
#define AT_EMPTY_PATH       0x1000 /* the path is "", the descriptor is meant itself */
#define AT_STATX_SYNC_TYPE  0x6000 /* statx(): how fresh; every fact here is */
