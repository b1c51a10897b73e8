/* SPDX-License-Identifier: MIT */
/*
 * Moves an image down that was loaded above its place, and checks that the device tree does not lie
 * there. The copy loop lies behind all that is copied, so that it is overwritten last (head.S says
 * why).
 */
#include <asm/linkage.h>
#include <asm/memlayout.h>

	.arm
	.section .idmap.text, "ax"
/*
 * In: r6 = device tree, r10 = where the image is, r11 = physical address of PAGE_OFFSET. Returns
 * unless the first-level table, the image or its bss would overwrite the tree. An address that
 * cannot be a tree's is refused later, in C. The message is the last thing that happens, so its
 * stack may overwrite anything. Changes r0 to r2.
 */
func check_tree
	ldr	r1, =swapper_pg_dir - PAGE_OFFSET
	add	r1, r1, r11
	ldr	r2, =_end - PAGE_OFFSET
	add	r2, r2, r11
	tst	r6, #7
	bxne	lr
	cmp	r6, r11
	bxlo	lr				/* below RAM */
	cmp	r6, r2
	bxhs	lr				/* behind the place */
	ldr	r0, [r6, #4]			/* its size, big endian */
	rev	r0, r0
	add	r0, r0, r6
	cmp	r0, r1
	bxls	lr				/* before the place */
	ldr	r0, =init_stack + THREAD_SIZE - KIMAGE_VADDR
	add	sp, r10, r0
	adr	r0, 2f
	bl	early_puts
1:	wfe
	b	1b
2:	.asciz	"Mercator: the device tree lies where the kernel belongs: load it elsewhere\n"
	.balign	4
endfunc check_tree
	.ltorg

	.section .copy_up, "ax"
/* In: r10 = source, r1 = destination, r2 = bytes, r3 = where to continue, in the copy. */
func copy_up
	mov	r0, r10
	add	r2, r10, r2
1:	ldmia	r0!, {ip, lr}			/* the size is a multiple of 32 (kernel.lds) */
	stmia	r1!, {ip, lr}
	ldmia	r0!, {ip, lr}
	stmia	r1!, {ip, lr}
	cmp	r0, r2
	blo	1b
	dsb	sy				/* the copy is in memory before it is fetched */
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0		/* ICIALLU: what was fetched from there is stale */
	dsb	sy				/* the invalidation is complete */
	isb					/* and so is the pipeline's share of it */
	bx	r3
endfunc copy_up
