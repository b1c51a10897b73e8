/* SPDX-License-Identifier: MIT */
/* Recording the steps of boot. Linux has initcall_debug and trace_boot for the like. */
#include <asm/timex.h>
#include <kernel/base/phase.h>
#include <kernel/base/printk.h>

static struct boot_phase phases[MAX_BOOT_PHASES];
static unsigned int nr_phases;

static void print_cost(const struct boot_phase *phase, u64 end)
{
	pr_info("boot: %-28s %8llu ticks\n", phase->name, end - phase->start);
}

void boot_phase(const char *name)
{
	u64 now = get_cycles();

	if (nr_phases)
		print_cost(&phases[nr_phases - 1], now);
	if (nr_phases == MAX_BOOT_PHASES)
		return;
	phases[nr_phases].name = name;
	phases[nr_phases].start = now;
	nr_phases++;
}

const struct boot_phase *boot_phase_nth(unsigned int n, u64 *end)
{
	if (n >= nr_phases)
		return NULL;
	*end = n + 1 < nr_phases ? phases[n + 1].start : get_cycles();
	return &phases[n];
}
