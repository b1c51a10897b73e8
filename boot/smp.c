/* SPDX-License-Identifier: MIT */
/*
 * Counts the processors in the device tree, and starts one after the other: an idle task, a call to
 * the firmware, and a wait until the processor is online. One that cannot be started is left alone,
 * and named.
 *
 * Linux counterpart: smp_init() in kernel/smp.c, smp_init_cpus() in arch/arm64/kernel/smp.c
 */

#define pr_fmt(fmt) "smp: " fmt

#include <boot/boot.h>
#include <drivers/firmware/psci.h>
#include <drivers/of/of.h>
#include <kernel/base/cpu.h>
#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/sched/sched.h>
#include <kernel/smp.h>
#include <kernel/time/delay.h>
#include <mm/percpu.h>

#define START_MSECS 1000 /* far longer than it takes, also on a busy host */

static u64 __init hwid_of(const struct device_node *np)
{
	const void *reg = of_get_property(np, "reg", NULL);

	return reg ? of_read_number(reg, of_n_addr_cells(np)) : 0;
}

/* Whether the node is a processor that boot may start. */
static bool __init is_other_cpu(const struct device_node *np)
{
	const char *type;

	return !of_property_read_string(np, "device_type", &type) && !strcmp(type, "cpu") &&
	       of_device_is_available(np) && hwid_of(np) != cpu_hwid();
}

void __init smp_init_cpus(void)
{
	const struct device_node *cpus = of_find_node_by_path("/cpus"), *np;
	unsigned int nr = 1;

	if (cpus)
		for_each_child_of_node(cpus, np)
			nr += is_other_cpu(np);
	setup_per_cpu_areas(min(nr, (unsigned int)NR_CPUS));
}

/* How the tree says that a processor is started. Messages name it. */
static const char *__init enable_method(const struct device_node *np)
{
	const char *method;

	return of_property_read_string(np, "enable-method", &method) ? "missing" : method;
}

static bool __init wait_until_online(unsigned int cpu)
{
	unsigned int msecs;

	for (msecs = 0; !cpu_online(cpu) && msecs < START_MSECS; msecs++)
		mdelay(1);
	return cpu_online(cpu);
}

/* Returns why it could not be started, or NULL. */
static const char *__init start_cpu(unsigned int cpu, const struct device_node *np,
				    phys_addr_t entry)
{
	struct task_struct *idle;

	if (of_property_match_string(np, "enable-method", "psci"))
		return "only PSCI can start one";
	idle = fork_idle(cpu, secondary_start_kernel);
	if (!idle)
		return "no memory";
	if (psci_cpu_on(hwid_of(np), entry, (unsigned long)idle)) {
		free_task_struct(idle);
		return "the firmware refuses";
	}
	return wait_until_online(cpu) ? NULL : "it does not come";
}

void __init smp_init(void)
{
	const struct device_node *cpus = of_find_node_by_path("/cpus"), *np;
	unsigned int cpu = 1, beyond = 0;
	const char *reason;
	phys_addr_t entry;

	if (!cpus)
		return;
	entry = begin_secondary_boot();
	for_each_child_of_node(cpus, np) {
		if (!is_other_cpu(np))
			continue;
		if (cpu == NR_CPUS) {
			beyond++;
			continue;
		}
		reason = start_cpu(cpu++, np, entry);
		if (reason)
			pr_err("%s is left alone: %s (enable-method %s)\n", np->full_name, reason,
			       enable_method(np));
	}
	end_secondary_boot();
	if (beyond && NR_CPUS == 1)
		pr_notice("this build drives one processor, and leaves %u alone; make SMP=%u\n",
			  beyond, beyond + 1);
	else if (beyond)
		pr_notice("the kernel drives %d processors, and leaves %u alone\n", NR_CPUS,
			  beyond);
	if (num_online_cpus() > 1)
		pr_info("%u processors are online\n", num_online_cpus());
}
