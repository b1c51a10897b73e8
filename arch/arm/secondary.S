/* SPDX-License-Identifier: MIT */
/*
 * From the firmware's branch to the first C function of a further processor.
 *
 * At entry: MMU off, r0 = its idle task, at its virtual address (copy_thread_idle). Before the MMU
 * is on, nothing is read that another processor has written: that may be in its cache only.
 *
 * Linux counterpart: secondary_startup in arch/arm/kernel/head.S
 */
#include <asm/linkage.h>
#include <asm/memlayout.h>
#include <asm/sysreg.h>

	.arm
	.section .idmap.text, "ax"
func secondary_entry
	mov	r4, r0
	mrs	r8, cpsr
	bl	enter_svc
	adr	r1, secondary_entry
	ldr	r0, =secondary_entry - PAGE_OFFSET
	sub	r5, r1, r0			/* r5 = physical address of PAGE_OFFSET */
	ldr	r0, =early_vectors - PAGE_OFFSET
	add	r0, r0, r5
	mcr	p15, 0, r0, c12, c0, 0		/* VBAR, until trap_cpu_init() */
	ldr	r0, =swapper_pg_dir - PAGE_OFFSET
	add	r0, r0, r5
	bl	enable_mmu			/* with the tables of the first processor */
	ldr	pc, =secondary_switched
endfunc secondary_entry

/* Virtual from here on. The task's registers are where switch.S has them. */
func secondary_switched
	mcr	p15, 0, r4, c13, c0, 4		/* current */
	ldr	sp, [r4, #32]
	mov	fp, #0				/* a backtrace ends here */
	mov	lr, #0
	ldr	pc, [r4, #36]
endfunc secondary_switched
	.ltorg
