/* SPDX-License-Identifier: MIT */
/* The steps of boot, in the log. Linux has initcall_debug and trace_boot for the like. */
#include <asm/timex.h>
#include <kernel/base/phase.h>
#include <kernel/base/printk.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/types.h>

static const char *phase;
static u64 phase_start; /* ticks of the counter */

u64 boot_phases_ns(void)
{
	u32 rest;
	u64 seconds = div_u64_rem(phase_start, get_cycles_hz(), &rest);

	return seconds * 1000000000 + div_u64(rest * 1000000000ULL, get_cycles_hz());
}

void boot_phase(const char *name)
{
	u64 now = get_cycles();

	if (phase)
		pr_info("boot: %-28s %8llu us\n", phase,
			div_u64((now - phase_start) * 1000000, get_cycles_hz()));
	phase = name;
	phase_start = now;
}
