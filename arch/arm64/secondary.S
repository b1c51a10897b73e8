/* SPDX-License-Identifier: MIT */
/*
 * From the firmware's branch to the first C function of a further processor.
 *
 * At entry: MMU off, x0 = its idle task, at its virtual address (copy_thread_idle). Before the MMU
 * is on, nothing is read that another processor has written: that may be in its cache only.
 *
 * Linux counterpart: secondary_entry in arch/arm64/kernel/head.S
 */
#include <asm/linkage.h>
#include <asm/memlayout.h>
#include <asm/sysreg.h>

	.section .idmap.text, "ax"
func secondary_entry
	mov	x20, x0
	mrs	x24, CurrentEL
	bl	enter_el1
	adrp	x9, early_vectors		/* until trap_cpu_init() */
	msr	vbar_el1, x9
	bl	enable_mmu			/* with the tables of the first processor */
	ldr	x9, =secondary_switched
	br	x9
endfunc secondary_entry

/* Virtual from here on. The task's registers are where switch.S has them. */
func secondary_switched
	ldr	x9, [x20, #0]			/* x19 */
	msr	tpidr_el1, x9			/* this processor's per-CPU offset */
	msr	sp_el0, x20			/* current */
	isb					/* both are in force before C reads them */
	ldr	x9, [x20, #88]			/* sp */
	mov	sp, x9
	mov	x29, xzr			/* a backtrace ends here */
	mov	x30, xzr
	ldr	x9, [x20, #96]			/* pc */
	br	x9
endfunc secondary_switched
	.ltorg
