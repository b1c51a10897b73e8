/* SPDX-License-Identifier: MIT */
/*
 * The small arithmetic and type helpers that every kernel source expects to exist.
 *
 * Alignments are powers of two, and take the type of the value that is aligned, so that a 64-bit
 * physical address is not cut by a 32-bit mask.
 *
 * Linux counterpart: include/linux/kernel.h, minmax.h, align.h, container_of.h, bits.h
 */
#pragma once

#include <kernel/lib/types.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define BUILD_BUG_ON(cond) _Static_assert(!(cond), "BUILD_BUG_ON: " #cond)

#define container_of(ptr, type, member) ((type *)((char *)(ptr) - offsetof(type, member)))

#define min(a, b)                                  \
	({                                         \
		__typeof__(a) _min_a = (a);        \
		__typeof__(b) _min_b = (b);        \
		_min_a < _min_b ? _min_a : _min_b; \
	})
#define max(a, b)                                  \
	({                                         \
		__typeof__(a) _max_a = (a);        \
		__typeof__(b) _max_b = (b);        \
		_max_a > _max_b ? _max_a : _max_b; \
	})
#define min_t(type, a, b)  min((type)(a), (type)(b))
#define max_t(type, a, b)  max((type)(a), (type)(b))
#define clamp(val, lo, hi) min((__typeof__(val))max(val, lo), hi)

#define swap(a, b)                         \
	do {                               \
		__typeof__(a) _swap = (a); \
		(a) = (b);                 \
		(b) = _swap;               \
	} while (0)

#define ALIGN_MASK(x, mask) (((x) + (mask)) & ~(mask))
#define ALIGN(x, a)         ALIGN_MASK(x, (__typeof__(x))(a) - 1)
#define ALIGN_DOWN(x, a)    ((x) & ~((__typeof__(x))(a) - 1))
#define IS_ALIGNED(x, a)    (((x) & ((__typeof__(x))(a) - 1)) == 0)
#define round_up(x, a)      ALIGN(x, a)
#define round_down(x, a)    ALIGN_DOWN(x, a)
#define DIV_ROUND_UP(n, d)  (((n) + (d) - 1) / (d))

#define BIT_ULL(n)          (1ULL << (n))
#define GENMASK_ULL(hi, lo) (((~0ULL) >> (63 - (hi))) & (~0ULL << (lo)))

#define lower_32_bits(n) ((u32)(n))
#define upper_32_bits(n) ((u32)((u64)(n) >> 32))
