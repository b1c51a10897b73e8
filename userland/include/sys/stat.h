/* SPDX-License-Identifier: MIT */
/* Facts about a file, and making directories. */
#pragma once

#include <kernel/uapi/stat.h>
#include <sys/types.h>

int statx(int dir, const char *path, int flags, unsigned int mask, struct statx *facts);
int mkdir(const char *path, mode_t mode);
