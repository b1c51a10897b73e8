/* SPDX-License-Identifier: MIT */
/*
 * The divisions that 32-bit hardware lacks. math64.h calls them only for numbers that do not fit in
 * 32 bits on a machine whose registers do not hold more.
 *
 * Linux counterpart: lib/math/div64.c
 */
#include <kernel/lib/bitops.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/math64.h>

/*
 * School division, but each step takes as many bits of the dividend at once as the hardware can
 * handle: a remainder is below the divisor, so it has at least as many leading zeros, and shifting
 * in that many bits keeps it in 32. Dividing by 10 takes three hardware divisions.
 */
u64 __div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	int width = 32 - fls(divisor);
	u32 low = lower_32_bits(dividend);
	u32 rem = upper_32_bits(dividend) % divisor;
	u64 quotient = (u64)(upper_32_bits(dividend) / divisor) << 32;
	int left, step;

	if (width == 0) {
		u64 wide_rem;

		quotient = __div64_u64_rem(dividend, divisor, &wide_rem);
		*remainder = (u32)wide_rem;
		return quotient;
	}
	for (left = 32; left > 0; left -= step) {
		step = min(width, left);
		rem = rem << step | low >> (32 - step);
		low <<= step;
		quotient += (u64)(rem / divisor) << (left - step);
		rem %= divisor;
	}
	*remainder = rem;
	return quotient;
}

/* Binary long division: as many steps as the quotient has bits, 32 when the divisor is wide. */
u64 __div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder)
{
	int shift = fls64(dividend) - fls64(divisor);
	u64 quotient = 0;

	for (; shift >= 0; shift--) {
		quotient <<= 1;
		if (dividend >> shift < divisor)
			continue;
		dividend -= divisor << shift;
		quotient |= 1;
	}
	*remainder = dividend;
	return quotient;
}
