/* SPDX-License-Identifier: MIT */
/* The kernel's basic types. `long` is as wide as a register on both architectures. */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef long ssize_t;
typedef long off_t;
typedef long time_t;
typedef int pid_t;
typedef unsigned int mode_t;
