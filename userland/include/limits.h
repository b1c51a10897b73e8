/* SPDX-License-Identifier: MIT */
/* The largest and smallest values of types, and lengths of names. */
#pragma once

#include <kernel/uapi/limits.h>

#define INT_MAX   __INT_MAX__
#define LONG_MAX  __LONG_MAX__
#define LONG_MIN  (-LONG_MAX - 1)
#define ULONG_MAX (2UL * LONG_MAX + 1)
