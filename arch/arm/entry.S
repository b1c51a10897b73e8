/* SPDX-License-Identifier: MIT */
/*
 * Exception entry and return.
 *
 * Every exception ends up in SVC mode with a struct pt_regs on the kernel stack, calls one C
 * function, and goes back with rfe. Interrupts are off throughout; a system call turns them on in
 * C.
 *
 * The modes of the other exceptions have no stack, only four words of scratch. These carry r0, r1,
 * pc and psr over to SVC mode, so that its stack pointer is checked before anything is stored
 * there. A kernel stack is aligned to twice its size, so bit THREAD_SHIFT of sp is 0 on the stack
 * and 1 right below it. One test finds an overflow, which is reported from the overflow stack.
 *
 * Linux counterpart: arch/arm/kernel/entry-armv.S, entry-common.S
 */
#include <asm/linkage.h>
#include <asm/memlayout.h>
#include <asm/ptrace.h>

	.arm
	.text

/* The vectors page: copied to VECTORS_BASE, so everything in it is relative to itself. */
	.balign	32
	.globl	vectors_start, vectors_end
vectors_start:
	ldr	pc, 1f				/* reset: never comes here */
	ldr	pc, 2f				/* undefined instruction */
	ldr	pc, 3f				/* svc */
	ldr	pc, 4f				/* prefetch abort */
	ldr	pc, 5f				/* data abort */
	ldr	pc, 1f				/* hyp trap: not in this mode */
	ldr	pc, 6f				/* irq */
	ldr	pc, 7f				/* fiq */
1:	.long	vector_reset
2:	.long	vector_undef
3:	.long	vector_svc
4:	.long	vector_pabt
5:	.long	vector_dabt
6:	.long	vector_irq
7:	.long	vector_fiq
vectors_end:

/*
 * In: sp = pt_regs with r0 to r12, pc and psr stored. Out: sp, lr, orig_r0 stored as well; Z =
 * from user.
 */
.macro	finish_regs
	ldr	r1, [sp, #S_R(0)]
	str	r1, [sp, #S_ORIG_R0]
	ldr	r1, [sp, #S_PSR]
	and	r1, r1, #MODE_MASK
	add	r2, sp, #PT_REGS_SIZE
	cmp	r1, #MODE_USR
	strne	r2, [sp, #S_SP]
	strne	lr, [sp, #S_LR]
	add	r2, sp, #S_SP
	stmeq	r2, {sp, lr}^			/* the user's own */
	nop
.endm

/*
 * In: mode of the exception, sp = its scratch. Out: SVC mode; r0 = scratch, sp = room for pt_regs.
 */
.macro	to_svc adjust
	sub	lr, lr, #\adjust
	stm	sp, {r0, r1, lr}
	mrs	r0, spsr
	str	r0, [sp, #12]
	mov	r0, sp
	cps	#MODE_SVC
	sub	sp, sp, #PT_REGS_SIZE
	mov	r1, sp
	tst	r1, #THREAD_SIZE
	bne	stack_overflow
.endm

/* In: r0 = scratch, sp = room. Out: r0 to r12, pc, psr stored. */
.macro	unpack_scratch
	add	r1, sp, #S_R(2)
	stm	r1, {r2 - r12}
	ldm	r0, {r2 - r5}
	stm	sp, {r2, r3}
	add	r1, sp, #S_PC
	stm	r1, {r4, r5}
.endm

.macro	vector name, adjust, handler
func vector_\name
	.cantunwind
	to_svc	\adjust
	unpack_scratch
	finish_regs
	mov	r0, sp
	mov	r4, sp
	bne	1f
	bl	\handler
	b	ret_to_user
	.fnend
	.fnstart
	/* For traces: pop {r4}; sp = r4 + 64, pop {pc}; sp = r4 + 16, pop {r4 - lr}. */
	.unwind_raw 0, 0xa0, 0x94, 0x0f, 0x88, 0x00, 0x94, 0x03, 0x87, 0xff
1:	bic	sp, sp, #7			/* it may have been between two pushes */
	sub	sp, sp, #8
	str	r4, [sp]			/* a handler that panics does not give it back */
	bl	\handler
	mov	sp, r4
	b	ret_to_kernel
endfunc vector_\name
.endm

	vector undef, 4, handle_undef
	vector pabt, 4, handle_prefetch_abort
	vector dabt, 8, handle_data_abort
	vector irq, 4, handle_irq
	vector reset, 0, handle_bad_vector
	vector fiq, 4, handle_bad_vector

/* From user mode only: SVC mode at once, sp = the empty kernel stack. */
func vector_svc
	.cantunwind
	sub	sp, sp, #PT_REGS_SIZE
	stm	sp, {r0 - r12}
	mrs	r1, spsr
	str	lr, [sp, #S_PC]
	str	r1, [sp, #S_PSR]
	finish_regs
	mov	r0, sp
	bl	handle_svc
endfunc vector_svc
	/* falls through */

/* sp = the user's pt_regs. */
func ret_to_user
	.cantunwind
	cpsid	i				/* a signal after the last look would wait */
	mov	r0, sp
	bl	exit_to_user_mode
	add	r1, sp, #S_SP
	ldm	r1, {sp, lr}^
	nop
	clrex					/* or its strex misses a store of another task */
	ldm	sp, {r0 - r12}
	add	sp, sp, #S_PC
	rfeia	sp!
endfunc ret_to_user

/* sp = the pt_regs of interrupted kernel code. */
func ret_to_kernel
	clrex					/* or strex misses a store of the handler */
	ldr	lr, [sp, #S_LR]
	ldm	sp, {r0 - r12}
	add	sp, sp, #S_PC
	rfeia	sp!
endfunc ret_to_kernel

/* r0 = scratch; sp = where pt_regs would have gone, below the stack. */
func stack_overflow
	.cantunwind
	bic	r1, r0, #SCRATCH_ALIGN - 1	/* this CPU's own, whichever mode it was */
	add	r1, r1, #SCRATCH_ALIGN + OVERFLOW_STACK_SIZE
	sub	r1, r1, #PT_REGS_SIZE
	str	sp, [r1, #S_SP]
	mov	sp, r1
	unpack_scratch
	ldr	r1, [sp, #S_SP]
	add	r1, r1, #PT_REGS_SIZE		/* sp at the exception */
	str	r1, [sp, #S_SP]
	str	lr, [sp, #S_LR]
	mov	r0, sp
	bl	handle_stack_overflow
endfunc stack_overflow
	.ltorg

/*
 * r0 = three scratch areas of four words: for IRQ, for ABT, for UND and FIQ mode. Changes r1.
 * Interrupts off.
 */
func set_exception_scratch
	mrs	r1, cpsr
	cps	#MODE_IRQ
	mov	sp, r0
	cps	#MODE_ABT
	add	sp, r0, #16
	cps	#MODE_UND
	add	sp, r0, #32
	cps	#MODE_FIQ
	add	sp, r0, #32
	msr	cpsr_c, r1			/* the caller's mode, and so its stack */
	bx	lr
endfunc set_exception_scratch

/* Where a new task begins: r0 = prev, r4 = its function or 0, r5 = the argument. */
func ret_from_fork
	.cantunwind
	bl	schedule_tail
	cmp	r4, #0
	beq	ret_to_user
	mov	r0, r5
	blx	r4
	b	ret_to_user
endfunc ret_from_fork
