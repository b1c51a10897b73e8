/* SPDX-License-Identifier: MIT */
/*
 * 64-bit division and scaling. 32-bit arm divides 32 bits by 32 in hardware and nothing wider, and
 * the kernel links without libgcc, so a `/` or `%` on a u64 does not link there: these do instead.
 * On a 64-bit machine each of them is the operator.
 *
 * No divisor may be 0.
 *
 * Linux counterpart: include/linux/math64.h, include/asm-generic/div64.h
 */
#pragma once

#include <kernel/lib/types.h>

/* The 32-bit machine's long division; use div_u64_rem(), which knows when it is needed. */
u64 __div_u64_rem(u64 dividend, u32 divisor, u32 *remainder);

/* The 32-bit machine's bit-by-bit division; use div64_u64_rem(). */
u64 __div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder);

/* Quotient of two unsigned numbers; the remainder goes to *remainder. Any context. */
static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	if (sizeof(long) < sizeof(u64) && dividend >> 32)
		return __div_u64_rem(dividend, divisor, remainder);
	*remainder = (unsigned long)dividend % divisor;
	return (unsigned long)dividend / divisor;
}

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	u32 remainder;

	return div_u64_rem(dividend, divisor, &remainder);
}

/* The same for a divisor that may be wider than 32 bits. */
static inline u64 div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder)
{
	if (sizeof(long) < sizeof(u64) && (dividend | divisor) >> 32)
		return __div64_u64_rem(dividend, divisor, remainder);
	*remainder = (unsigned long)dividend % (unsigned long)divisor;
	return (unsigned long)dividend / (unsigned long)divisor;
}

static inline u64 div64_u64(u64 dividend, u64 divisor)
{
	u64 remainder;

	return div64_u64_rem(dividend, divisor, &remainder);
}

/*
 * a * mul >> shift with a 96-bit product in between; shift is 0 to 32. The low 64 bits of the
 * result. Scales counter ticks to nanoseconds.
 */
static inline u64 mul_u64_u32_shr(u64 a, u32 mul, unsigned int shift)
{
	u64 low = (u64)(u32)a * mul;
	u64 high = (a >> 32) * mul;

	return (high << (32 - shift)) + (low >> shift);
}
