/* SPDX-License-Identifier: MIT */
/*
 * Big-endian numbers, as the device tree stores them. Both architectures run little-endian. The
 * __be types are plain integers to the compiler and types of their own to sparse, which then
 * reports a number that was never converted.
 *
 * get_unaligned_*() and put_unaligned_*() work at any address: the kernel is built for strict
 * alignment.
 *
 * Linux counterpart: include/linux/byteorder/generic.h, include/asm-generic/unaligned.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

#ifdef __CHECKER__
#define __bitwise __attribute__((bitwise))
#else
#define __bitwise
#endif

typedef u16 __bitwise __be16;
typedef u32 __bitwise __be32;
typedef u64 __bitwise __be64;

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "big-endian builds are not supported");

#define be32_to_cpu(x) __builtin_bswap32((__force u32)(__be32)(x))
#define be64_to_cpu(x) __builtin_bswap64((__force u64)(__be64)(x))
#define cpu_to_be32(x) ((__force __be32)__builtin_bswap32(x))
#define cpu_to_be64(x) ((__force __be64)__builtin_bswap64(x))

/* The same from memory that is aligned to the size of the number. */
static inline u32 be32_to_cpup(const __be32 *p)
{
	return be32_to_cpu(*p);
}

static inline u16 get_unaligned_be16(const void *p)
{
	const u8 *byte = p;

	return byte[0] << 8 | byte[1];
}

static inline u32 get_unaligned_be32(const void *p)
{
	return (u32)get_unaligned_be16(p) << 16 | get_unaligned_be16((const u8 *)p + 2);
}

static inline u64 get_unaligned_be64(const void *p)
{
	return (u64)get_unaligned_be32(p) << 32 | get_unaligned_be32((const u8 *)p + 4);
}

static inline void put_unaligned_be32(u32 val, void *p)
{
	u8 *byte = p;

	byte[0] = val >> 24;
	byte[1] = val >> 16;
	byte[2] = val >> 8;
	byte[3] = val;
}
