/* SPDX-License-Identifier: MIT */
/*
 * Exception entry and return.
 *
 * Entry stores a struct pt_regs on the kernel stack and calls one C function; return loads it
 * back. Interrupts are off throughout; a system call turns them on in C.
 *
 * A kernel stack is aligned to twice its size, so bit THREAD_SHIFT of sp is 0 on the stack and 1
 * right below it. Entry from the kernel tests it before it stores anything. After an overflow it
 * goes to the overflow stack and reports; a store to the guard page would be an endless chain of
 * faults.
 *
 * Linux counterpart: arch/arm64/kernel/entry.S
 */
#include <asm/linkage.h>
#include <asm/memlayout.h>
#include <asm/ptrace.h>

/* --- Registers to and from the stack --- */

/*
 * In: sp = room for pt_regs. Out: all but sp and, from EL0, `current` stored; x29 = a frame
 * record.
 */
.macro	save_regs el
	stp	x0, x1, [sp, #S_X(0)]
	stp	x2, x3, [sp, #S_X(2)]
	stp	x4, x5, [sp, #S_X(4)]
	stp	x6, x7, [sp, #S_X(6)]
	stp	x8, x9, [sp, #S_X(8)]
	stp	x10, x11, [sp, #S_X(10)]
	stp	x12, x13, [sp, #S_X(12)]
	stp	x14, x15, [sp, #S_X(14)]
	stp	x16, x17, [sp, #S_X(16)]
	stp	x18, x19, [sp, #S_X(18)]
	stp	x20, x21, [sp, #S_X(20)]
	stp	x22, x23, [sp, #S_X(22)]
	stp	x24, x25, [sp, #S_X(24)]
	stp	x26, x27, [sp, #S_X(26)]
	stp	x28, x29, [sp, #S_X(28)]
	mrs	x22, elr_el1
	mrs	x23, spsr_el1
	.if	\el == 0
	mrs	x21, sp_el0			/* the user's sp, before current replaces it */
	adrp	x28, __entry_task		/* sp_el0 = current, from this CPU's copy */
	add	x28, x28, #:lo12:__entry_task
	mrs	x29, tpidr_el1
	ldr	x28, [x28, x29]
	msr	sp_el0, x28
	stp	xzr, xzr, [sp, #S_STACKFRAME]	/* the chain of frames ends here */
	.else
	add	x21, sp, #PT_REGS_SIZE
	stp	x29, x22, [sp, #S_STACKFRAME]
	.endif
	stp	x30, x21, [sp, #S_LR]
	stp	x22, x23, [sp, #S_PC]
	str	x0, [sp, #S_ORIG_X0]
	add	x29, sp, #S_STACKFRAME
.endm

/* In: sp = pt_regs. Leaves the exception. */
.macro	restore_regs el
	ldp	x22, x23, [sp, #S_PC]
	msr	elr_el1, x22			/* an interrupt now would overwrite both */
	msr	spsr_el1, x23
	.if	\el == 0
	ldr	x21, [sp, #S_SP]
	msr	sp_el0, x21
	msr	tpidrro_el0, xzr		/* the user can read it: no kernel value leaks */
	.endif
	ldp	x0, x1, [sp, #S_X(0)]
	ldp	x2, x3, [sp, #S_X(2)]
	ldp	x4, x5, [sp, #S_X(4)]
	ldp	x6, x7, [sp, #S_X(6)]
	ldp	x8, x9, [sp, #S_X(8)]
	ldp	x10, x11, [sp, #S_X(10)]
	ldp	x12, x13, [sp, #S_X(12)]
	ldp	x14, x15, [sp, #S_X(14)]
	ldp	x16, x17, [sp, #S_X(16)]
	ldp	x18, x19, [sp, #S_X(18)]
	ldp	x20, x21, [sp, #S_X(20)]
	ldp	x22, x23, [sp, #S_X(22)]
	ldp	x24, x25, [sp, #S_X(24)]
	ldp	x26, x27, [sp, #S_X(26)]
	ldp	x28, x29, [sp, #S_X(28)]
	ldr	x30, [sp, #S_LR]
	add	sp, sp, #PT_REGS_SIZE
	eret
.endm

/* --- The vectors --- */

/* TPIDRRO_EL0 is scratch here: user mode may only read it, and finds it cleared. */
.macro	vector_el1 target
	.balign	128
	sub	sp, sp, #PT_REGS_SIZE
	msr	tpidrro_el0, x0			/* not on the stack: it may be full */
	mov	x0, sp				/* tbnz cannot test sp */
	tbnz	x0, #THREAD_SHIFT, stack_overflow
	mrs	x0, tpidrro_el0
	b	\target
.endm

.macro	vector_el0 target
	.balign	128
	sub	sp, sp, #PT_REGS_SIZE
	b	\target
.endm

.macro	vector_bad reason
	.balign	128
	sub	sp, sp, #PT_REGS_SIZE
	msr	tpidrro_el0, x0			/* x0 carries the number from here on */
	mov	x0, #\reason
	.if	\reason < 8
	b	bad_vector_el1
	.else
	b	bad_vector_el0
	.endif
.endm

	.text
	.balign	2048
	.globl	vectors
vectors:
	vector_bad	0			/* EL1 on SP_EL0: never used */
	vector_bad	1
	vector_bad	2
	vector_bad	3
	vector_el1	el1_sync		/* EL1 on SP_EL1 */
	vector_el1	el1_irq
	vector_bad	6
	vector_bad	7
	vector_el0	el0_sync		/* EL0, 64 bits */
	vector_el0	el0_irq
	vector_bad	10
	vector_bad	11
	vector_bad	12			/* EL0, 32 bits: never used */
	vector_bad	13
	vector_bad	14
	vector_bad	15

func el1_sync
	save_regs 1
	mov	x0, sp
	bl	handle_el1_sync
	restore_regs 1
endfunc el1_sync

func el1_irq
	save_regs 1
	mov	x0, sp
	bl	handle_irq
	restore_regs 1
endfunc el1_irq

func el0_sync
	save_regs 0
	mov	x0, sp
	bl	handle_el0_sync
	b	ret_to_user
endfunc el0_sync

func el0_irq
	save_regs 0
	mov	x0, sp
	bl	handle_irq
	b	ret_to_user
endfunc el0_irq

/* sp = the user's pt_regs, interrupts off. */
func ret_to_user
	mov	x0, sp
	bl	exit_to_user_mode
	restore_regs 0
endfunc ret_to_user

/* An exception that cannot be: x0 = the vector's number, the real x0 in TPIDRRO_EL0. */
.macro	bad_vector el
func bad_vector_el\el
	str	x0, [sp, #S_VECTOR]
	mrs	x0, tpidrro_el0
	save_regs \el
	mov	x0, sp
	bl	handle_bad_vector
endfunc bad_vector_el\el
.endm

	bad_vector 0
	bad_vector 1

/* x0 = sp after room was made for pt_regs, below the stack; the real x0 in TPIDRRO_EL0. */
func stack_overflow
	msr	tpidr_el0, x0			/* the user's: lost, but the kernel stops anyway */
	adrp	x0, overflow_stack		/* sp = the top of this CPU's copy */
	add	sp, x0, #:lo12:overflow_stack
	mrs	x0, tpidr_el1
	add	sp, sp, x0
	add	sp, sp, #OVERFLOW_STACK_SIZE - PT_REGS_SIZE
	mrs	x0, tpidrro_el0
	save_regs 1
	mrs	x1, tpidr_el0
	add	x1, x1, #PT_REGS_SIZE		/* sp at the exception */
	str	x1, [sp, #S_SP]
	mov	x0, sp
	bl	handle_stack_overflow
endfunc stack_overflow

/* Where a new task begins: x0 = prev, x19 = its function or 0, x20 = the argument. */
func ret_from_fork
	bl	schedule_tail
	cbz	x19, 1f
	mov	x0, x20
	blr	x19
1:	msr	daifset, #2			/* ret_to_user decides with interrupts off */
	b	ret_to_user
endfunc ret_from_fork
