/* SPDX-License-Identifier: MIT */
/* The kernel's basic types. `long` is as wide as a register on both architectures. */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef long ssize_t;
typedef long off_t;
typedef long long time_t; /* 64 bits, so that it goes beyond 2038 on arm, too */
typedef int pid_t;
typedef unsigned int mode_t;
