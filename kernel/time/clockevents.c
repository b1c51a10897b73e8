/* SPDX-License-Identifier: MIT */
/*
 * From a point in time to a number of cycles of some timer.
 *
 * Linux counterpart: kernel/time/clockevents.c
 */

#include <kernel/lib/macros.h>
#include <kernel/lib/math64.h>
#include <kernel/time/clockchips.h>
#include <kernel/time/clocksource.h>
#include <kernel/time/jiffies.h>

/* The tick is never further away than this. */
#define MAX_EVENT_SECONDS 4

/* How long that many cycles of freq Hz take, cut to what the multiplication is good for. */
static u64 cycles_to_ns(unsigned long cycles, u32 freq)
{
	u64 ns = mul_u64_u32_shr(div_u64((u64)cycles << 16, freq), NSEC_PER_SEC, 16);

	return min_t(u64, ns, (u64)MAX_EVENT_SECONDS * NSEC_PER_SEC);
}

void clockevents_config(struct clock_event_device *dev, u32 freq, unsigned long min_delta,
			unsigned long max_delta)
{
	clocks_calc_mult_shift(&dev->mult, &dev->shift, NSEC_PER_SEC, freq, MAX_EVENT_SECONDS);
	dev->min_delta_ns = max_t(u64, cycles_to_ns(min_delta, freq), NSEC_PER_USEC);
	dev->max_delta_ns = cycles_to_ns(max_delta, freq);
}

void clockevents_program_event(struct clock_event_device *dev, ktime_t expires)
{
	s64 delta = expires - ktime_get();

	dev->next_event = expires;
	delta = clamp(delta, (s64)dev->min_delta_ns, (s64)dev->max_delta_ns);
	dev->set_next_event(clocksource_cyc2ns(delta, dev->mult, dev->shift), dev);
}
