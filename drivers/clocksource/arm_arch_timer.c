/* SPDX-License-Identifier: MIT */
/*
 * The architected timer: the clock and the tick of every Arm machine since the Cortex-A15.
 *
 * It has no registers in memory: the counter and the comparators are system registers, only its
 * interrupt goes through the GIC's. The virtual view is used, which a hypervisor leaves to its
 * guest; the physical one where the tree names no virtual interrupt, or says that the firmware did
 * not set the virtual offset.
 *
 * Linux counterpart: drivers/clocksource/arm_arch_timer.c
 */

#define pr_fmt(fmt) "arch_timer: " fmt

#include <asm/arch_timer.h>
#include <drivers/clocksource/timer_of.h>
#include <kernel/base/clock.h>
#include <kernel/base/percpu.h>
#include <kernel/base/printk.h>
#include <kernel/irq/irq.h>
#include <kernel/lib/errno.h>
#include <kernel/smp.h>
#include <kernel/time/clockchips.h>
#include <kernel/time/clocksource.h>
#include <kernel/time/tick.h>

/* The node's interrupts that are used: their rows, unless interrupt-names gives others. */
enum arch_timer_row {
	ARCH_TIMER_PHYS_NONSECURE_PPI = 1,
	ARCH_TIMER_VIRT_PPI = 2,
};

static const char *const arch_timer_row_names[] __initconst = {
	[ARCH_TIMER_PHYS_NONSECURE_PPI] = "phys",
	[ARCH_TIMER_VIRT_PPI] = "virt",
};

/* No counter is slower: the architecture asks for 1 MHz at least. */
#define ARCH_TIMER_MIN_RATE 1000000

static enum arch_timer_access arch_timer_uses = ARCH_TIMER_VIRT_ACCESS;
static int arch_timer_ppi;
static DEFINE_PER_CPU(struct clock_event_device, arch_timer_evt);

static u64 arch_counter_read(struct clocksource *cs)
{
	return arch_timer_read_counter(arch_timer_uses);
}

static u64 arch_timer_sched_clock(void)
{
	return arch_timer_read_counter(arch_timer_uses);
}

/* At least 56 bits are architected; that is 36 years at 62.5 MHz. */
static struct clocksource clocksource_counter = {
	.name = "arch_sys_counter",
	.rating = 400,
	.read = arch_counter_read,
	.mask = CLOCKSOURCE_MASK(56),
};

/*
 * The line stays high while the counter is past the comparator, so it is masked until the next
 * event is set.
 */
static irqreturn_t arch_timer_handler(int irq, void *dev_id)
{
	struct clock_event_device *evt = this_cpu_ptr((struct clock_event_device *)dev_id);
	u32 ctrl = arch_timer_get_ctrl(arch_timer_uses);

	if (!(ctrl & ARCH_TIMER_CTRL_IT_STAT))
		return IRQ_NONE;
	arch_timer_set_ctrl(arch_timer_uses, ctrl | ARCH_TIMER_CTRL_IT_MASK);
	evt->event_handler(evt);
	return IRQ_HANDLED;
}

/* The comparator has the counter's width, so no reading of the clock makes it late. */
static void arch_timer_set_next_ktime(ktime_t expires, struct clock_event_device *dev)
{
	arch_timer_set_cval(arch_timer_uses, ktime_to_cycles(&clocksource_counter, expires));
	arch_timer_set_ctrl(arch_timer_uses, ARCH_TIMER_CTRL_ENABLE);
}

static void arch_timer_shutdown(struct clock_event_device *dev)
{
	arch_timer_set_ctrl(arch_timer_uses, 0);
}

/* What each processor does for itself. */
static void arch_timer_starting_cpu(void)
{
	struct clock_event_device *evt = this_cpu_ptr(&arch_timer_evt);

	evt->name = "arch_sys_timer";
	evt->rating = 450;
	evt->irq = arch_timer_ppi;
	evt->set_next_ktime = arch_timer_set_next_ktime;
	evt->set_state_shutdown = arch_timer_shutdown;
	arch_timer_shutdown(evt);
	enable_percpu_irq(arch_timer_ppi, IRQ_TYPE_NONE);
	tick_check_new_device(evt);
}

/* The firmware's register knows the rate; a tree that names one does so because it does not. */
static u32 __init find_rate(const struct device_node *np)
{
	u32 rate;

	if (of_property_read_u32(np, "clock-frequency", &rate))
		return arch_timer_get_cntfrq();
	if (rate >= ARCH_TIMER_MIN_RATE)
		return rate;
	pr_err("%s: clock-frequency of %u Hz makes no sense, ignored\n", np->full_name, rate);
	return arch_timer_get_cntfrq();
}

static int __init arch_timer_irq(const struct device_node *np, enum arch_timer_row row)
{
	if (of_property_read_bool(np, "interrupt-names"))
		return of_irq_get_byname(np, arch_timer_row_names[row]);
	return of_irq_get(np, row);
}

/* Returns the interrupt number (> 0) of the view that will be used, or a negative errno. */
static int __init arch_timer_choose(const struct device_node *np)
{
	int irq = -ENOENT;

	if (!of_property_read_bool(np, "arm,cpu-registers-not-fw-configured"))
		irq = arch_timer_irq(np, ARCH_TIMER_VIRT_PPI);
	arch_timer_uses = irq > 0 ? ARCH_TIMER_VIRT_ACCESS : ARCH_TIMER_PHYS_ACCESS;
	return irq > 0 ? irq : arch_timer_irq(np, ARCH_TIMER_PHYS_NONSECURE_PPI);
}

static int __init arch_timer_of_init(struct device_node *np)
{
	int irq = arch_timer_choose(np);
	u32 rate = find_rate(np);
	int err;

	if (irq <= 0 || !rate) {
		pr_err("%s: no %s\n", np->full_name, rate ? "interrupt" : "frequency");
		return -EINVAL;
	}
	err = request_percpu_irq(irq, arch_timer_handler, "arch_timer", &arch_timer_evt);
	if (err)
		return err;
	pr_info("cp15 timer running at %u.%02uMHz (%s)\n", rate / 1000000, rate / 10000 % 100,
		arch_timer_uses == ARCH_TIMER_VIRT_ACCESS ? "virt" : "phys");
	sched_clock_register(arch_timer_sched_clock, rate);
	clocksource_register_hz(&clocksource_counter, rate);
	arch_timer_ppi = irq;
	arch_timer_starting_cpu();
	register_cpu_starting(arch_timer_starting_cpu);
	return 0;
}
TIMER_OF_DECLARE(armv8_arch_timer, "arm,armv8-timer", arch_timer_of_init);
TIMER_OF_DECLARE(armv7_arch_timer, "arm,armv7-timer", arch_timer_of_init);
