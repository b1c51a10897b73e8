/* SPDX-License-Identifier: MIT */
/* The steps of boot, in the log. Linux has initcall_debug and trace_boot for the like. */
#include <asm/timex.h>
#include <kernel/base/phase.h>
#include <kernel/base/printk.h>
#include <kernel/lib/types.h>

static const char *phase;
static u64 phase_start; /* counter ticks */

void boot_phase(const char *name)
{
	u64 now = get_cycles();

	if (phase)
		pr_info("boot: %-28s %8llu ticks\n", phase, now - phase_start);
	phase = name;
	phase_start = now;
}
