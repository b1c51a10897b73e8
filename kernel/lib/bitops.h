/* SPDX-License-Identifier: MIT */
/*
 * Finding bits. fls() and friends count from 1 and give 0 for "no bit"; the __ variants count from
 * 0 and want at least one bit set.
 *
 * Linux counterpart: include/linux/bitops.h, log2.h
 */
#pragma once

#include <kernel/lib/types.h>

#define BITS_PER_LONG ((int)(8 * sizeof(long)))

/* Position of the highest set bit, 1 to 32; 0 when x is 0. */
static inline int fls(unsigned int x)
{
	return x ? 32 - __builtin_clz(x) : 0;
}

/* The same for 64 bits. */
static inline int fls64(u64 x)
{
	return x ? 64 - __builtin_clzll(x) : 0;
}

/* The same for an unsigned long. */
static inline int fls_long(unsigned long x)
{
	return x ? BITS_PER_LONG - __builtin_clzl(x) : 0;
}

/* Index of the lowest set bit; x is not 0. */
static inline unsigned int __ffs(unsigned long x)
{
	return __builtin_ctzl(x);
}

static inline bool is_power_of_2(u64 x)
{
	return x && !(x & (x - 1));
}
