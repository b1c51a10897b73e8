/* SPDX-License-Identifier: MIT */
/*
 * Accesses that may fault. Each instruction that can is in the exception table; its fixup reports.
 *
 * User memory is accessed with ldrt and strt, which are checked with the user's permissions, so
 * that a pointer can never do more than the user could. Words are moved while both ends are
 * aligned.
 *
 * Linux counterpart: arch/arm/lib/copy_from_user.S, copy_to_user.S, clear_user.S
 */
#include <asm/extable.h>
#include <asm/linkage.h>

#define EFAULT 14

	.arm
to	.req	r0
from	.req	r1
left	.req	r2	/* bytes still to do */
word	.req	r3
both	.req	ip

/* In: to, from, left. Out: r0 = bytes not done. All accesses step their pointer afterwards. */
.macro	copy_loop load4, store4, load1, store1
	orr	both, to, from
	tst	both, #3
	bne	2f
1:	cmp	left, #4
	blo	2f
91:	\load4	word, [from], #4
92:	\store4	word, [to], #4
	sub	left, left, #4
	b	1b
2:	cmp	left, #0
	beq	3f
93:	\load1	word, [from], #1
94:	\store1	word, [to], #1
	sub	left, left, #1
	b	2b
3:	mov	r0, left
	bx	lr
	extable	91b, 3b
	extable	92b, 3b
	extable	93b, 3b
	extable	94b, 3b
.endm

	.text
func __arch_copy_from_user
	copy_loop ldrt, str, ldrbt, strb
endfunc __arch_copy_from_user

func __arch_copy_to_user
	copy_loop ldr, strt, ldrb, strbt
endfunc __arch_copy_to_user

/* r0 = to, r1 = n. */
func __arch_clear_user
	mov	r3, #0
1:	cmp	r1, #0
	beq	2f
91:	strbt	r3, [r0], #1
	sub	r1, r1, #1
	b	1b
2:	mov	r0, r1
	bx	lr
	extable	91b, 2b
endfunc __arch_clear_user

/* r0 = pointer to the value, r1 = the address to try. */
.macro	peek width, load
func __peek_nofault_\width
	mov	r3, #0
1:	\load	r2, [r1]
	str	r2, [r0]
	str	r3, [r0, #4]
	mov	r0, #0
	bx	lr
	extable	1b, report_fault
endfunc __peek_nofault_\width
.endm

/* r0 = the address to try, r2 and r3 = the value. */
.macro	poke width, store
func __poke_nofault_\width
1:	\store	r2, [r0]
	dsb	sy				/* wait: a later abort would miss the fixup */
	mov	r0, #0
	bx	lr
	extable	1b, report_fault
endfunc __poke_nofault_\width
.endm

	peek 8, ldrb
	peek 16, ldrh
	peek 32, ldr
	peek 64, ldrd				/* into r2 and r3 */
	poke 8, strb
	poke 16, strh
	poke 32, str
	poke 64, strd				/* from r2 and r3 */

/* r0 = a kernel address. Out: whether a write would translate. */
func kernel_write_allowed
	mrs	r1, cpsr
	cpsid	i				/* an interrupt must not change PAR */
	mcr	p15, 0, r0, c7, c8, 1		/* ATS1CPW: translate as for a write */
	isb					/* the result is in PAR only then */
	mrc	p15, 0, r0, c7, c4, 0		/* PAR */
	msr	cpsr_c, r1			/* PAR has been read */
	and	r0, r0, #1			/* PAR.F: the walk ended in a fault */
	eor	r0, r0, #1
	bx	lr
endfunc kernel_write_allowed

func report_fault
	mov	r0, #-EFAULT
	bx	lr
endfunc report_fault
