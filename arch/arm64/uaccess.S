/* SPDX-License-Identifier: MIT */
/*
 * Accesses that may fault. Each instruction that can is in the exception table; its fixup reports.
 *
 * User memory is accessed with ldtr and sttr, which are checked with the user's permissions, so
 * that a pointer can never do more than the user could. Words are moved while both ends are
 * aligned.
 *
 * Linux counterpart: arch/arm64/lib/copy_from_user.S, copy_to_user.S, clear_user.S
 */
#include <asm/extable.h>
#include <asm/linkage.h>

#define EFAULT 14

to	.req	x0
from	.req	x1
left	.req	x2	/* bytes still to do */
both	.req	x3
word	.req	x4
byte	.req	w4

/* In: to, from, left. Out: x0 = bytes not done. */
.macro	copy_loop load8, store8, load1, store1
	orr	both, to, from
	tst	both, #7
	b.ne	2f
1:	cmp	left, #8
	b.lo	2f
91:	\load8	word, [from]
92:	\store8	word, [to]
	add	from, from, #8
	add	to, to, #8
	sub	left, left, #8
	b	1b
2:	cbz	left, 3f
93:	\load1	byte, [from]
94:	\store1	byte, [to]
	add	from, from, #1
	add	to, to, #1
	sub	left, left, #1
	b	2b
3:	mov	x0, left
	ret
	extable	91b, 3b
	extable	92b, 3b
	extable	93b, 3b
	extable	94b, 3b
.endm

	.text
func __arch_copy_from_user
	copy_loop ldtr, str, ldtrb, strb
endfunc __arch_copy_from_user

func __arch_copy_to_user
	copy_loop ldr, sttr, ldrb, sttrb
endfunc __arch_copy_to_user

/* x0 = to, x1 = n. */
func __arch_clear_user
	cbz	x1, 2f
1:	sttrb	wzr, [x0]
	add	x0, x0, #1
	sub	x1, x1, #1
	cbnz	x1, 1b
2:	mov	x0, x1
	ret
	extable	1b, 2b
endfunc __arch_clear_user

/* x0 = pointer to the value, x1 = the address to try. */
.macro	peek width, load, reg
func __peek_nofault_\width
1:	\load	\reg, [x1]
	str	x2, [x0]
	mov	w0, #0
	ret
	extable	1b, report_fault
endfunc __peek_nofault_\width
.endm

/* x0 = the address to try, x1 = the value. */
.macro	poke width, store, reg
func __poke_nofault_\width
1:	\store	\reg, [x0]
	dsb	sy				/* wait: a later abort would miss the fixup */
	mov	w0, #0
	ret
	extable	1b, report_fault
endfunc __poke_nofault_\width
.endm

	peek 8, ldrb, w2
	peek 16, ldrh, w2
	peek 32, ldr, w2
	peek 64, ldr, x2
	poke 8, strb, w1
	poke 16, strh, w1
	poke 32, str, w1
	poke 64, str, x1

/* x0 = a kernel address. Out: whether a write would translate. */
func kernel_write_allowed
	mrs	x1, daif
	msr	daifset, #2			/* an interrupt must not change PAR_EL1 */
	at	s1e1w, x0
	isb					/* the result is in PAR_EL1 only then */
	mrs	x0, par_el1
	msr	daif, x1			/* PAR_EL1 has been read */
	and	x0, x0, #1			/* PAR_EL1.F: the walk ended in a fault */
	eor	x0, x0, #1
	ret
endfunc kernel_write_allowed

func report_fault
	mov	w0, #-EFAULT
	ret
endfunc report_fault
