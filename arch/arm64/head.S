/* SPDX-License-Identifier: MIT */
/*
 * From the boot loader's branch to start_kernel(): the Image header, the way down to EL1 (hyp.S),
 * the first tables (in C, early_map.c), the MMU (proc.S).
 *
 * At entry: MMU off, x0 = physical address of the device tree, x1 to x3 = 0 by the protocol;
 * loaded at any 2 MiB boundary. All code here runs at its physical address until the MMU is on.
 *
 * Source: Documentation/arm64/booting.rst of Linux (the protocol), Arm ARM (DDI 0487).
 */
#include <asm/linkage.h>
#include <asm/memlayout.h>
#include <asm/sysreg.h>
#include <kernel/base/handoff.h>

/* Which register holds what until the handoff record is written. */
regs		.req	x20		/* x20 to x23: x0 to x3 at entry */
mode		.req	x24		/* CurrentEL at entry */
control		.req	x25		/* the SCTLR of that level at entry */
loaded_at	.req	x26		/* physical address of _text */

	.section .head.text, "ax"
func _head
	b	primary_entry			/* code0 */
	.long	0				/* code1 */
	.quad	0				/* text_offset: at the 2 MiB boundary itself */
	.quad	_kernel_size			/* image_size, bss included */
	.quad	0xa				/* flags: little endian, 4 KiB pages, anywhere */
	.quad	0, 0, 0
	.ascii	"ARM\x64"			/* magic, at offset 0x38 */
	.long	0
endfunc _head

func primary_entry
	mov	x20, x0
	mov	x21, x1
	mov	x22, x2
	mov	x23, x3
	mrs	mode, CurrentEL
	adrp	loaded_at, _head
	bl	check_image			/* or report that it is not whole, and stop */
	bl	enter_el1

	adrp	x9, early_vectors		/* page aligned */
	msr	vbar_el1, x9
	adrp	x9, init_stack			/* aligned to twice its size */
	add	sp, x9, #THREAD_SIZE
	mov	x29, xzr
	bl	clear_bss
	bl	save_handoff

	bl	early_map			/* fills swapper_pg_dir and idmap_pg_dir */
	bl	enable_mmu
	ldr	x9, =primary_switched		/* the first virtual address */
	br	x9
endfunc primary_entry

/* Changes x9, x10. Not by DC ZVA, which faults while the MMU is off. */
func clear_bss
	adrp	x9, __bss_start
	adrp	x10, __bss_stop			/* both are page aligned */
1:	stp	xzr, xzr, [x9]
	stp	xzr, xzr, [x9, #16]
	stp	xzr, xzr, [x9, #32]
	stp	xzr, xzr, [x9, #48]
	add	x9, x9, #64
	cmp	x9, x10
	b.lo	1b
	ret
endfunc clear_bss

/* Changes x9. */
func save_handoff
	adrp	x9, handoff
	add	x9, x9, #:lo12:handoff
	stp	x20, x21, [x9, #HANDOFF_REGS]
	stp	x22, x23, [x9, #HANDOFF_REGS + 16]
	stp	mode, control, [x9, #HANDOFF_MODE]
	str	loaded_at, [x9, #HANDOFF_LOADED_AT]
	ret
endfunc save_handoff

/* Virtual from here on. */
func primary_switched
	ldr	x9, =init_stack + THREAD_SIZE
	mov	sp, x9
	ldr	x9, =init_task
	msr	sp_el0, x9			/* current */
	msr	tpidr_el1, xzr			/* this processor's per-CPU offset */
	isb
	mov	x29, xzr
	mov	x30, xzr
	b	start_kernel
endfunc primary_switched
	.ltorg
