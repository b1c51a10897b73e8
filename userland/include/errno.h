/* SPDX-License-Identifier: MIT */
/*
 * errno: why the last failed call failed. The kernel returns -ENOENT in the result register;
 * lib/syscalls.c turns that into -1 and errno = ENOENT.
 */
#pragma once

#include <kernel/lib/errno.h>

extern int errno;
