/* SPDX-License-Identifier: MIT */
/*
 * Busy waiting on the system counter.
 *
 * Linux counterpart: arch/arm64/lib/delay.c, arch/arm/lib/delay.c
 */

#include <asm/processor.h>
#include <asm/timex.h>
#include <kernel/lib/math64.h>
#include <kernel/time/delay.h>
#include <kernel/time/jiffies.h>

/* One cycle more than the quotient, because the current one has begun already. */
static void delay_units(u64 count, u32 units_per_second)
{
	u64 start = get_cycles();
	u64 cycles = div_u64(count * get_cycles_hz(), units_per_second) + 1;

	while (get_cycles() - start <= cycles)
		cpu_relax();
}

void udelay(unsigned long usecs)
{
	delay_units(usecs, USEC_PER_SEC);
}

void mdelay(unsigned long msecs)
{
	delay_units(msecs, MSEC_PER_SEC);
}
