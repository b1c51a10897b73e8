/* SPDX-License-Identifier: MIT */
/*
 * Position-independent: this code runs at its physical address first and at its virtual one later.
 * Registers: PL011 (DDI 0183).
 */
#include <asm/io.h>
#include <kernel/base/early_print.h>

#define UART_DR      0x00
#define UART_FR      0x18
#define UART_FR_TXFF (1 << 5) /* the transmit FIFO is full */

static void __iomem *uart = (void __iomem *)CONFIG_DEBUG_UART;

static void early_putc(char c)
{
	while (readl(uart + UART_FR) & UART_FR_TXFF)
		;
	writel(c, uart + UART_DR);
}

void early_puts(const char *s)
{
	for (; *s; s++) {
		if (*s == '\n')
			early_putc('\r');
		early_putc(*s);
	}
}

void early_put_hex(u64 value)
{
	int shift;

	early_puts("0x");
	for (shift = 60; shift >= 0; shift -= 4) {
		unsigned int digit = (value >> shift) & 0xf;

		early_putc(digit < 10 ? '0' + digit : 'a' + digit - 10);
	}
}

void early_print_set_base(void __iomem *base)
{
	uart = base;
}
