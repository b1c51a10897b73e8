/* SPDX-License-Identifier: MIT */
/*
 * Several processors: starting the others, and the interrupts that processors send each other.
 *
 * The interrupt controller registers how such an interrupt is sent, and calls handle_IPI() when one
 * arrives. It and the timer also register what each further processor has to do for itself.
 *
 * Linux counterpart: include/linux/smp.h, cpuhotplug.h, arch/arm64/kernel/smp.c
 */
#pragma once

#include <kernel/base/smp.h>
#include <kernel/lib/compiler.h>

struct seq_buf;
struct task_struct;

/* What a processor can ask of another; also the number of the line that carries it. */
enum ipi_msg {
	IPI_RESCHEDULE, /* choose the next task anew */
	IPI_CALL_FUNC,  /* call a function: smp_call_function() */
	IPI_CPU_STOP,   /* stop for good: another processor panics */
	NR_IPI
};

/* --- For the interrupt controller and the timer --- */

/* send(cpus, ipi) interrupts each processor that has a bit in cpus. Once, at boot. */
void set_smp_cross_call(void (*send)(unsigned long cpus, unsigned int ipi));

/* The interrupt that carries ipi has arrived. Interrupts off, between irq_enter and irq_exit. */
void handle_IPI(unsigned int ipi);

/*
 * Each further processor calls fn() when it starts, interrupts off, in the order in which these
 * were registered. At boot, before smp_init().
 */
void register_cpu_starting(void (*fn)(void));

/* --- For everybody --- */

/* Makes cpu choose its next task anew. Any context. */
void smp_send_reschedule(unsigned int cpu);

/*
 * Calls fn(info) on every other processor that is online, in an interrupt, and waits until each has
 * returned. Interrupts on, no spinlock held: the others may wait for that lock with theirs off.
 */
void smp_call_function(void (*fn)(void *info), void *info);

/*
 * Returns when every other processor has taken an interrupt: what each fetched ahead is dropped,
 * and a reader that had its interrupts off has ended. As smp_call_function().
 */
void kick_all_cpus_sync(void);

/* The rows of /proc/interrupts for these interrupts; width is that of the first column. */
void ipi_show(struct seq_buf *s, int width);

/* --- Starting a processor --- */

/*
 * Returns where a further processor enters the kernel, MMU off: the physical address to give to the
 * firmware. Until end_secondary_boot(), it can turn its MMU on. It expects the idle task's virtual
 * address in the first register. From boot. In arch/<name>/smp.c.
 */
phys_addr_t begin_secondary_boot(void);
void end_secondary_boot(void);

/* Sets the vectors, leaves the identity map. Each further processor, first of all. There, too. */
void secondary_arch_init(void);

/* The first C function of a further processor, as its idle task. Never returns. */
void __noreturn secondary_start_kernel(void);
