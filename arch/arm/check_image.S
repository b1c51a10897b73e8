/* SPDX-License-Identifier: MIT */
/*
 * Checks that the image is complete. No loader says how much it loaded, and an incomplete image
 * would jump into unrelated memory without a message. So the file ends with a mark, and the first
 * instructions look for it. They and their message lie directly behind the header, because later
 * parts may be missing. Registers of the UART: PL011 (DDI 0183).
 *
 * Linux counterpart: none
 */
#include <asm/linkage.h>
#include <asm/memlayout.h>

#define LAST_WORD    0x21646e65 /* "end!" */
#define UART_DR      0x00
#define UART_FR      0x18
#define UART_FR_TXFF (1 << 5)	/* the transmit FIFO is full */

	.section .image_mark, "a"
	.balign	8
image_mark:
	.ascii	"the end!"

	.arm
	.section .head.text.check, "ax"
/*
 * MMU off. In: r10 = where the image was loaded. Returns unless the mark is missing. Changes r0 to
 * r3.
 */
func check_image
	ldr	r0, =image_mark + 4 - KIMAGE_VADDR
	ldr	r0, [r10, r0]
	ldr	r1, =LAST_WORD
	cmp	r0, r1
	bxeq	lr
	adr	r0, 3f
	ldr	r1, =CONFIG_DEBUG_UART
1:	ldrb	r2, [r0], #1
	cmp	r2, #0
	beq	4f
2:	ldr	r3, [r1, #UART_FR]
	tst	r3, #UART_FR_TXFF
	bne	2b
	str	r2, [r1, #UART_DR]
	b	1b
3:	.asciz	"\r\nMercator: the image is cut short, its end is missing: load all of the file\r\n"
	.balign	4
4:	wfe
	b	4b
endfunc check_image
	.ltorg
