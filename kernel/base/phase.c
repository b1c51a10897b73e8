/* SPDX-License-Identifier: MIT */
/* The steps of boot, in the log. Linux has initcall_debug and trace_boot for the like. */
#include <asm/timex.h>
#include <kernel/base/phase.h>
#include <kernel/base/printk.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/types.h>

static const char *phase;
static u64 phase_start; /* ticks of the counter */

void boot_phase(const char *name)
{
	u64 now = get_cycles();

	if (phase)
		pr_info("boot: %-28s %8llu us\n", phase,
			div_u64((now - phase_start) * 1000000, get_cycles_hz()));
	phase = name;
	phase_start = now;
}
