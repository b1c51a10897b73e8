/* SPDX-License-Identifier: MIT */
/*
 * Clears a page by DC ZVA, which zeroes a block without reading it first.
 *
 * DCZID_EL0 holds the block's size, and whether the instruction is forbidden: a hypervisor may trap
 * it. Then the page is cleared by store pairs.
 *
 * Source: Arm ARM (DDI 0487), DC ZVA and DCZID_EL0.
 * Linux counterpart: arch/arm64/lib/clear_page.S
 */
#include <asm/linkage.h>
#include <asm/memlayout.h>

page	.req	x0
size	.req	x1	/* of a block, in bytes */
end	.req	x2

	.text
/* In: page. It must be Normal memory: on Device memory, or while the MMU is off, DC ZVA faults. */
func clear_page
	add	end, page, #PAGE_SIZE
	mrs	x3, dczid_el0
	tbnz	x3, #4, 2f			/* DZP: forbidden */
	and	w3, w3, #15
	mov	size, #4
	lsl	size, size, x3			/* at most 2 KiB: two in a page */
1:	dc	zva, page
	add	page, page, size
	dc	zva, page
	add	page, page, size
	cmp	page, end
	b.ne	1b
	ret
2:	stp	xzr, xzr, [page], #16
	stp	xzr, xzr, [page], #16
	stp	xzr, xzr, [page], #16
	stp	xzr, xzr, [page], #16
	cmp	page, end
	b.ne	2b
	ret
endfunc clear_page
