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

#define LAST_WORDS   0x21646e6520656874 /* "the end!" */
#define UART_DR      0x00
#define UART_FR      0x18
#define UART_FR_TXFF 5		/* bit number: the transmit FIFO is full */

	.section .image_mark, "a"
	.balign	8
image_mark:
	.ascii	"the end!"

	.section .head.text.check, "ax"
/* MMU off, at any exception level. Returns unless the mark is missing. Changes x9 to x12. */
func check_image
	adrp	x9, image_mark
	ldr	x9, [x9, #:lo12:image_mark]
	ldr	x10, =LAST_WORDS
	cmp	x9, x10
	b.ne	1f
	ret
1:	adr	x9, 4f
	ldr	x10, =CONFIG_DEBUG_UART
2:	ldrb	w11, [x9], #1
	cbz	w11, 5f
3:	ldr	w12, [x10, #UART_FR]
	tbnz	w12, #UART_FR_TXFF, 3b
	str	w11, [x10, #UART_DR]
	b	2b
4:	.asciz	"\r\nMercator: the image is cut short, its end is missing: load all of the file\r\n"
	.balign	4
5:	wfe
	b	5b
endfunc check_image
	.ltorg
