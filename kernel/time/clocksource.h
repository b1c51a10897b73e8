/* SPDX-License-Identifier: MIT */
/*
 * A clocksource is a counter that only goes up, at a known rate.
 *
 * Cycles become nanoseconds by a multiplication and a shift, ns = cycles * mult >> shift, for a
 * division at every reading of the clock would be slow, and on arm a function call.
 *
 * Linux counterpart: include/linux/clocksource.h
 */
#pragma once

#include <kernel/lib/types.h>

struct clocksource {
	const char *name;
	int rating; /* the highest is used; 400 is ideal */
	u64 (*read)(struct clocksource *cs);
	u64 mask;                        /* of the bits that count, CLOCKSOURCE_MASK(bits) */
	u32 mult, shift;                 /* set by clocksource_register_hz */
	u32 inverse_mult, inverse_shift; /* the other way: from nanoseconds to cycles */
	u64 max_idle_ns;                 /* how long a reading may be apart from the next */
};

#define CLOCKSOURCE_MASK(bits) (~0ULL >> (64 - (bits)))

/*
 * Finds mult and shift by which a count at from Hz becomes one at to Hz: count * mult >> shift,
 * exact to 32 bits, without overflow in maxsec seconds.
 */
void clocks_calc_mult_shift(u32 *mult, u32 *shift, u32 from, u32 to, u32 maxsec);

/* cycles is at most what max_idle_ns allows. */
static inline u64 clocksource_cyc2ns(u64 cycles, u32 mult, u32 shift)
{
	return (cycles * mult) >> shift;
}

/* Times may lie this far apart for the way back. */
#define CLOCKSOURCE_INVERSE_SECONDS 4

/*
 * Offers a counter of hz ticks a second; the clock changes over to it if it is the best so far. 0
 * or -EINVAL.
 */
int clocksource_register_hz(struct clocksource *cs, u32 hz);
