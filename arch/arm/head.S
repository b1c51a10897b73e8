/* SPDX-License-Identifier: MIT */
/*
 * From the boot loader's branch to start_kernel(): the zImage header, the way down to SVC mode,
 * the move to where the image belongs, the first tables (in C, early_map.c), the MMU.
 *
 * At entry: MMU off, r0 = 0, r1 = machine type (not used), r2 = physical address of the device
 * tree; loaded anywhere in RAM. The image belongs at TEXT_OFFSET from the start of RAM, which is
 * taken to be the PHYS_ALIGN boundary below. A device tree that lies there is refused, not
 * overwritten.
 *
 * Source: Documentation/arm/booting.rst of Linux (the protocol), ARMv7-A Arm ARM (DDI 0406).
 */
#include <asm/linkage.h>
#include <asm/memlayout.h>
#include <asm/sysreg.h>
#include <kernel/base/handoff.h>

/* Which register holds what until the handoff record is written; r4 to r7 are r0 to r3 at entry. */
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
	bl	check_image			/* or report that it is not whole, and stop */
	bl	enter_svc
	ldr	phys_offset, =~(PHYS_ALIGN - 1)
	and	phys_offset, loaded_at, phys_offset
	bl	check_tree			/* or report why not, and stop */

	/*
	 * Move the image. The two places may overlap, so the copy starts at the far end. The loop
	 * itself must be overwritten last. Hence there are two: one here, one behind the image.
	 */
	phys	r1, _text			/* r1 = destination, r2 = bytes */
	ldr	r2, =_image_size
	phys	r3, moved			/* r3 = where to continue */
	phys	r0, copy_up
	sub	r0, r0, r1
	cmp	loaded_at, r1
	bxeq	r3				/* in place already */
	addhi	pc, loaded_at, r0		/* loaded above: copy_up, where it was loaded */
	add	r0, loaded_at, r2
	add	r1, r1, r2
1:	ldmdb	r0!, {r2, r3, ip, lr}		/* the size is a multiple of 32 (kernel.lds) */
	stmdb	r1!, {r2, r3, ip, lr}
	ldmdb	r0!, {r2, r3, ip, lr}
	stmdb	r1!, {r2, r3, ip, lr}
	cmp	r0, loaded_at
	bhi	1b
	phys	r3, moved
	b	copied
endfunc primary_entry
	.ltorg

/* r3 = where to continue, in the copy. */
func copied
	dsb	sy				/* the copy is in memory before it is fetched */
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0		/* ICIALLU: what was fetched from there is stale */
	dsb	sy				/* the invalidation is complete */
	isb					/* and so is the pipeline's share of it */
	bx	r3
endfunc copied

/* In place now, still physical. */
func moved
	phys	r0, early_vectors
	mcr	p15, 0, r0, c12, c0, 0		/* VBAR */
	phys	r0, __bss_start
	phys	r1, __bss_stop			/* both are page aligned */
	mov	r2, #0
	mov	r3, #0
	mov	ip, #0
	mov	lr, #0
1:	stmia	r0!, {r2, r3, ip, lr}
	stmia	r0!, {r2, r3, ip, lr}
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
