/* SPDX-License-Identifier: MIT */
/*
 * What processors do to each other. An interrupt carries one of three requests; the one to call a
 * function has a single slot, which smp_call_lock gives to one caller at a time.
 *
 * A caller waits for all others with its own interrupts on. So two callers serve each other while
 * they wait, and neither may hold a spin lock for which a third one waits with interrupts off.
 *
 * Linux counterpart: kernel/smp.c (a queue for each processor), arch/arm64/kernel/smp.c
 */

#include <asm/processor.h>
#include <asm/timex.h>
#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/initcall.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/panic.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/spinlock.h>
#include <kernel/smp.h>

#define STOP_WAIT_SHARE 10 /* of a second */

static void (*cross_call)(unsigned long cpus, unsigned int ipi);

/* Each processor counts what arrives there; no lock. */
static DEFINE_PER_CPU(unsigned int[NR_IPI], ipi_counts);

static DEFINE_SPINLOCK(smp_call_lock);
static struct {
	void (*fn)(void *info);
	void *info;
	unsigned long pending; /* a bit for each processor that has not returned yet */
} call;

void set_smp_cross_call(void (*send)(unsigned long cpus, unsigned int ipi))
{
	cross_call = send;
}

void smp_send_reschedule(unsigned int cpu)
{
	cross_call(1UL << cpu, IPI_RESCHEDULE);
}

/* --- Calling a function --- */

static unsigned long other_cpus(void)
{
	return READ_ONCE(cpu_online_mask) & ~(1UL << smp_processor_id());
}

void smp_call_function(void (*fn)(void *info), void *info)
{
	spin_lock(&smp_call_lock);
	call.fn = fn;
	call.info = info;
	WRITE_ONCE(call.pending, other_cpus());
	if (call.pending)
		cross_call(call.pending, IPI_CALL_FUNC);
	/* Acquire: what the functions wrote is read after the last of them has returned. */
	while (__atomic_load_n(&call.pending, __ATOMIC_ACQUIRE))
		cpu_relax();
	spin_unlock(&smp_call_lock);
}

static void do_nothing(void *info)
{
}

void kick_all_cpus_sync(void)
{
	smp_call_function(do_nothing, NULL);
}

static void answer_call(void)
{
	call.fn(call.info);
	/* Release: what the function wrote is seen before its end is. */
	__atomic_fetch_and(&call.pending, ~(1UL << smp_processor_id()), __ATOMIC_RELEASE);
}

/* --- Stopping --- */

/* With interrupts off, nothing wakes it again. */
static void __noreturn stop_this_cpu(void)
{
	local_irq_disable();
	set_cpu_online(smp_processor_id(), false);
	for (;;)
		cpu_do_idle();
}

/* One that has its interrupts off for long is not waited for: the report is more important. */
static void stop_other_cpus(void)
{
	u64 start = get_cycles();

	if (!other_cpus())
		return;
	cross_call(other_cpus(), IPI_CPU_STOP);
	while (other_cpus() && get_cycles() - start < get_cycles_hz() / STOP_WAIT_SHARE)
		cpu_relax();
}

void handle_IPI(unsigned int ipi)
{
	if (ipi < NR_IPI)
		(*this_cpu_ptr(&ipi_counts))[ipi]++;
	switch (ipi) {
	case IPI_RESCHEDULE: /* what it tells is in need_resched; the interrupt ends the wait */
		break;
	case IPI_CALL_FUNC:
		answer_call();
		break;
	case IPI_CPU_STOP:
		stop_this_cpu();
	default:
		WARN_ONCE(true, "interrupt %u from another processor has no meaning", ipi);
	}
}

static const char *const ipi_names[NR_IPI] = {
	[IPI_RESCHEDULE] = "Rescheduling interrupts",
	[IPI_CALL_FUNC] = "Function call interrupts",
	[IPI_CPU_STOP] = "CPU stop interrupts",
};

void ipi_show(struct seq_buf *s, int width)
{
	unsigned int ipi, cpu;

	if (num_online_cpus() == 1)
		return;
	for (ipi = 0; ipi < NR_IPI; ipi++) {
		seq_buf_printf(s, "%*s%u:", width, "IPI", ipi);
		for_each_online_cpu(cpu)
			seq_buf_printf(s, "%10u ", READ_ONCE(per_cpu(ipi_counts, cpu)[ipi]));
		seq_buf_printf(s, "      %s\n", ipi_names[ipi]);
	}
}

static int __init smp_stop_init(void)
{
	panic_set_stop_other_cpus(stop_other_cpus);
	return 0;
}
core_initcall(smp_stop_init);
