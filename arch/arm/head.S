/* SPDX-License-Identifier: MIT */
/*
 * From the boot loader's branch to start_kernel(): the zImage header, the way down to SVC mode,
 * the move to where the image belongs, the first tables (in C, early_map.c), the MMU.
 *
 * At entry: MMU off, r0 = 0, r1 = machine type (not used), r2 = physical address of the device
 * tree; loaded anywhere in RAM. The image belongs at TEXT_OFFSET from the start of RAM, which is
 * taken to be the PHYS_ALIGN boundary below.
 *
 * Source: Documentation/arm/booting.rst of Linux (the protocol), ARMv7-A Arm ARM (DDI 0406).
 */
#include <asm/linkage.h>
#include <asm/memlayout.h>
#include <asm/sysreg.h>
#include <kernel/base/handoff.h>

/* What lives where until the handoff record is written; r4 to r7 are r0 to r3 at entry. */
mode		.req	r8		/* CPSR at entry */
control		.req	r9		/* SCTLR, or HSCTLR, at entry */
loaded_at	.req	r10		/* physical address of _text at entry */
phys_offset	.req	r11		/* physical address of PAGE_OFFSET */

/* The physical address of a symbol, once phys_offset is known. */
.macro	phys reg, symbol
	ldr	\reg, =\symbol - PAGE_OFFSET
	add	\reg, \reg, phys_offset
.endm

	.arm
	.arch_extension virt
	.section .head.text, "ax"
func _head
	.rept	8
	mov	r0, r0
	.endr
	b	primary_entry			/* offset 0x20 */
	.long	0x016f2818			/* zImage magic, at 0x24 */
	.long	0				/* start: wherever it was loaded */
	.long	_image_size			/* end */
	.long	0x04030201			/* byte order */
endfunc _head

func primary_entry
	mov	r4, r0
	mov	r5, r1
	mov	r6, r2
	mov	r7, r3
	mrs	mode, cpsr
	adr	loaded_at, _head
	bl	enter_svc
	ldr	phys_offset, =~(PHYS_ALIGN - 1)
	and	phys_offset, loaded_at, phys_offset

	/*
	 * Move the image. Whichever way the two places overlap, the copy must start at the far
	 * end, and the loop that copies must stand where the copy arrives last: one is here, one
	 * behind the image.
	 */
	phys	r1, _text			/* r1 = where to, r2 = how much */
	ldr	r2, =_image_size
	phys	r3, moved			/* r3 = where to go on */
	phys	r0, copy_up
	sub	r0, r0, r1
	cmp	loaded_at, r1
	bxeq	r3
	addhi	pc, loaded_at, r0
	add	r0, loaded_at, r2
	add	r1, r1, r2
1:	ldr	r2, [r0, #-4]!
	str	r2, [r1, #-4]!
	cmp	r0, loaded_at
	bhi	1b
	b	copied
endfunc primary_entry
	.ltorg

/* r3 = where to go on: in the copy. */
func copied
	dsb	sy
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0		/* ICIALLU: what was fetched from there is stale */
	dsb	sy
	isb
	bx	r3
endfunc copied

/* In place now, still physical. */
func moved
	phys	r0, early_vectors
	mcr	p15, 0, r0, c12, c0, 0		/* VBAR */
	phys	r0, __bss_start
	phys	r1, __bss_stop
	mov	r2, #0
1:	str	r2, [r0], #4
	cmp	r0, r1
	blo	1b
	phys	sp, init_stack
	add	sp, sp, #THREAD_SIZE

	phys	r0, handoff
	mov	r1, #0
	str	r4, [r0, #HANDOFF_REGS]
	str	r5, [r0, #HANDOFF_REGS + 8]
	str	r6, [r0, #HANDOFF_REGS + 16]
	str	r7, [r0, #HANDOFF_REGS + 24]
	str	mode, [r0, #HANDOFF_MODE]
	str	control, [r0, #HANDOFF_CONTROL]
	str	loaded_at, [r0, #HANDOFF_LOADED_AT]

	mov	fp, #0				/* a backtrace ends here */
	bl	early_map			/* fills swapper_pg_dir, returns its address */
	bl	enable_mmu
	ldr	pc, =mmap_switched		/* the first virtual address */
endfunc moved
	.ltorg

/* To SVC mode, interrupts masked. Sets control. Changes r0. */
func enter_svc
	and	r0, mode, #MODE_MASK
	cmp	r0, #MODE_HYP
	beq	1f
	mrc	p15, 0, control, c1, c0, 0	/* SCTLR */
	cpsid	aif, #MODE_SVC
	bx	lr
1:	mrc	p15, 4, control, c1, c0, 0	/* HSCTLR */
	mov	r0, #0
	mcr	p15, 4, r0, c1, c1, 0		/* HCR: no traps */
	mcr	p15, 4, r0, c1, c1, 3		/* HSTR: no traps */
	mcrr	p15, 4, r0, r0, c14		/* CNTVOFF: virtual counter = physical */
	mov	r0, #3
	mcr	p15, 4, r0, c14, c1, 0		/* CNTHCTL: SVC may use the physical ones */
	mrc	p15, 0, r0, c0, c0, 0
	mcr	p15, 4, r0, c0, c0, 0		/* VPIDR = MIDR */
	mrc	p15, 0, r0, c0, c0, 5
	mcr	p15, 4, r0, c0, c0, 5		/* VMPIDR = MPIDR */
	mov	r0, #(PSR_A_BIT | PSR_I_BIT | PSR_F_BIT | MODE_SVC)
	msr	spsr_cxsf, r0
	msr	elr_hyp, lr			/* "return" into SVC */
	eret
endfunc enter_svc

/* r0 = physical address of the first-level table. Returns at the same (identity mapped) address. */
func enable_mmu
	orr	r0, r0, #TTBR_FLAGS
	mov	r1, #0
	mcr	p15, 0, r1, c2, c0, 2		/* TTBCR: short descriptors, TTBR0 for all */
	mcr	p15, 0, r0, c2, c0, 0		/* TTBR0 */
	mcr	p15, 0, r0, c2, c0, 1		/* TTBR1, not used */
	ldr	r0, =0x15			/* DACR_VALUE: domains 0, 1, 2 are checked */
	mcr	p15, 0, r0, c3, c0, 0
	mcr	p15, 0, r1, c13, c0, 1		/* CONTEXTIDR: ASID 0 */
	mcr	p15, 0, r1, c8, c7, 0		/* TLBIALL */
	mcr	p15, 0, r1, c7, c5, 0		/* ICIALLU */
	dsb	sy
	isb
	mrc	p15, 0, r0, c1, c0, 0
	ldr	r1, =SCTLR_CLEAR
	bic	r0, r0, r1
	ldr	r1, =SCTLR_SET
	orr	r0, r0, r1
	mcr	p15, 0, r0, c1, c0, 0
	isb
	bx	lr
endfunc enable_mmu

/* Virtual from here on. */
func mmap_switched
	ldr	sp, =init_stack + THREAD_SIZE
	ldr	r0, =init_task
	mcr	p15, 0, r0, c13, c0, 4		/* current */
	mov	fp, #0
	mov	lr, #0
	b	start_kernel
endfunc mmap_switched
	.ltorg

/* Exceptions before the vectors page stands: say so, and stop. r0 = which vector. */
	.balign	32
	.globl	early_vectors
early_vectors:
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	b	early_vector_\n
	.endr
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
early_vector_\n:
	mov	r0, #\n
	b	early_exception
	.endr

func early_exception
	mov	r1, lr				/* about where it happened */
	cps	#MODE_SVC
	b	early_fault
endfunc early_exception

/*
 * The copy for an image that was loaded above its place; stands behind everything that is copied.
 */
	.section .copy_up, "ax"
func copy_up
	mov	r0, loaded_at
	add	r2, loaded_at, r2
1:	ldr	ip, [r0], #4
	str	ip, [r1], #4
	cmp	r0, r2
	blo	1b
	dsb	sy
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0		/* ICIALLU */
	dsb	sy
	isb
	bx	r3
endfunc copy_up
