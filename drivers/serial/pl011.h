/* SPDX-License-Identifier: MIT */
/*
 * The registers of the PL011 UART, and sending one character by polling, which the early console
 * and the driver share.
 *
 * Source: ARM DDI 0183, "PrimeCell UART (PL011) Technical Reference Manual".
 * Linux counterpart: include/linux/amba/serial.h
 */
#pragma once

#include <asm/io.h>
#include <asm/processor.h>

#define UART01x_DR   0x00 /* data; reading: flags above it */
#define UART01x_FR   0x18 /* flags */
#define UART011_LCRH 0x2c /* line control */
#define UART011_CR   0x30 /* control */
#define UART011_IMSC 0x38 /* interrupts let through */
#define UART011_MIS  0x40 /* interrupts pending and let through */
#define UART011_ICR  0x44 /* writing 1 clears one */

#define UART011_DR_FE 0x100 /* framing error */
#define UART011_DR_PE 0x200 /* parity error */
#define UART011_DR_BE 0x400 /* break */

#define UART01x_FR_BUSY 0x08
#define UART01x_FR_RXFE 0x10 /* nothing to read */
#define UART01x_FR_TXFF 0x20 /* no room to write */

#define UART01x_LCRH_FEN    0x10 /* use the FIFOs */
#define UART01x_LCRH_WLEN_8 0x60

#define UART01x_CR_UARTEN 0x001
#define UART011_CR_TXE    0x100
#define UART011_CR_RXE    0x200

#define UART011_RXI            0x010 /* the receive FIFO has filled to its mark */
#define UART011_TXI            0x020 /* the transmit FIFO has drained to its mark */
#define UART011_RTI            0x040 /* something has waited in the receive FIFO */
#define UART011_ALL_INTERRUPTS 0x7ff

/* Waits for room, then sends. Any context. */
static inline void pl011_putc_polled(void __iomem *membase, char c)
{
	while (readl_relaxed(membase + UART01x_FR) & UART01x_FR_TXFF)
		cpu_relax();
	writel_relaxed((u8)c, membase + UART01x_DR);
}

/* The same for a text, a newline as carriage return and line feed. */
static inline void pl011_write_polled(void __iomem *membase, const char *s, unsigned int len)
{
	for (; len; len--, s++) {
		if (*s == '\n')
			pl011_putc_polled(membase, '\r');
		pl011_putc_polled(membase, *s);
	}
}
