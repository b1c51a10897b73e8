/* SPDX-License-Identifier: MIT */
/* Host: what tested code asks the processor. */
#pragma once

/* The control register has these bits at every level, and on both architectures. */
#define SCTLR_M (1UL << 0)
#define SCTLR_A (1UL << 1)
#define SCTLR_C (1UL << 2)
#define SCTLR_I (1UL << 12)

/* CPSR of arm. */
#define MODE_SVC  0x13
#define MODE_HYP  0x1a
#define MODE_MASK 0x1f

/* The bits of a physical address that this processor has. */
static inline unsigned int phys_addr_bits(void)
{
	return 48;
}
