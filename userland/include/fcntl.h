/* SPDX-License-Identifier: MIT */
/* Opening files. */
#pragma once

#include <kernel/uapi/fcntl.h>

int open(const char *path, int flags, ...);
int openat(int dir, const char *path, int flags, ...);
