/* SPDX-License-Identifier: MIT */
/*
 * Clears a page by stores of eight registers each. arm has no instruction that zeroes a block.
 *
 * Linux counterpart: arch/arm/mm/copypage-v4wb.c and its kin, arch/arm/lib/memset.S
 */
#include <asm/linkage.h>
#include <asm/memlayout.h>

	.arm
	.text
/* In: r0 = the page. */
func clear_page
	push	{r4, r5, r6, r7, lr}
	.save	{r4, r5, r6, r7, lr}
	add	lr, r0, #PAGE_SIZE
	mov	r1, #0
	mov	r2, #0
	mov	r3, #0
	mov	r4, #0
	mov	r5, #0
	mov	r6, #0
	mov	r7, #0
	mov	ip, #0
1:	stmia	r0!, {r1, r2, r3, r4, r5, r6, r7, ip}
	stmia	r0!, {r1, r2, r3, r4, r5, r6, r7, ip}
	stmia	r0!, {r1, r2, r3, r4, r5, r6, r7, ip}
	stmia	r0!, {r1, r2, r3, r4, r5, r6, r7, ip}
	cmp	r0, lr
	bne	1b
	pop	{r4, r5, r6, r7, pc}
endfunc clear_page
