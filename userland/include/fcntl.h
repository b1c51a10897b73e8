/* SPDX-License-Identifier: MIT */
/* Opening files. The flags below have the same values on arm and arm64. */
#pragma once

#include <sys/types.h>

#define O_RDONLY  00
#define O_WRONLY  01
#define O_RDWR    02
#define O_CREAT   0100
#define O_EXCL    0200
#define O_TRUNC   01000
#define O_APPEND  02000
#define O_CLOEXEC 02000000

/* Where a relative path starts: the current directory, not an open one. */
#define AT_FDCWD            (-100)
#define AT_SYMLINK_NOFOLLOW 0x100
#define AT_REMOVEDIR        0x200

int open(const char *path, int flags, ...);
int openat(int dir, const char *path, int flags, ...);
