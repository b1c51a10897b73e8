/* SPDX-License-Identifier: MIT */
/* Recording the steps of boot. Linux has initcall_debug and trace_boot for the like. */
#include <asm/timex.h>
#include <kernel/base/phase.h>
#include <kernel/base/printk.h>

static struct boot_phase phases[MAX_BOOT_PHASES];
static unsigned int nr_phases;

void boot_phase(const char *name)
{
	if (nr_phases == MAX_BOOT_PHASES)
		return;
	phases[nr_phases].name = name;
	phases[nr_phases].start = get_cycles();
	nr_phases++;
	pr_debug("boot: %s\n", name);
}

const struct boot_phase *boot_phase_nth(unsigned int n, u64 *end)
{
	if (n >= nr_phases)
		return NULL;
	*end = n + 1 < nr_phases ? phases[n + 1].start : get_cycles();
	return &phases[n];
}
