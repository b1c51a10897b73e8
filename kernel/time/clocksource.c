/* SPDX-License-Identifier: MIT */
/*
 * Choosing the best counter, and turning its rate into a multiplication.
 *
 * Linux counterpart: kernel/time/clocksource.c
 */

#define pr_fmt(fmt) "clocksource: " fmt

#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/math64.h>
#include <kernel/time/clocksource.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timekeeping.h>

/*
 * Readings may lie this far apart before a multiplication overflows; the tick comes far more often.
 */
#define MAX_SECONDS_BETWEEN_READINGS 600

static struct clocksource *curr_clocksource;

/*
 * The larger the shift the finer the result, so start at 32 and go down until cycles * mult fits
 * into 64 bits: what maxsec seconds of cycles leave free above them is what mult may take.
 */
void clocks_calc_mult_shift(u32 *mult, u32 *shift, u32 from, u32 to, u32 maxsec)
{
	u64 cycles = (u64)maxsec * from;
	u32 room = 32;
	u64 value;
	u32 sft;

	for (cycles >>= 32; cycles; cycles >>= 1)
		room--;
	for (sft = 32; sft > 0; sft--) {
		value = div_u64(((u64)to << sft) + from / 2, from);
		if (!(value >> room))
			break;
	}
	*mult = div_u64(((u64)to << sft) + from / 2, from);
	*shift = sft;
}

int clocksource_register_hz(struct clocksource *cs, u32 hz)
{
	if (!hz || !cs->read)
		return -EINVAL;
	clocks_calc_mult_shift(&cs->mult, &cs->shift, hz, NSEC_PER_SEC,
			       MAX_SECONDS_BETWEEN_READINGS);
	clocks_calc_mult_shift(&cs->inverse_mult, &cs->inverse_shift, NSEC_PER_SEC, hz,
			       CLOCKSOURCE_INVERSE_SECONDS);
	cs->max_idle_ns = (u64)MAX_SECONDS_BETWEEN_READINGS * NSEC_PER_SEC;
	pr_info("%s: mask: 0x%llx max_idle_ns: %llu, %u Hz\n", cs->name, cs->mask, cs->max_idle_ns,
		hz);
	if (curr_clocksource && curr_clocksource->rating >= cs->rating)
		return 0;
	curr_clocksource = cs;
	timekeeping_notify(cs);
	pr_info("switched to %s\n", cs->name);
	return 0;
}
