/* SPDX-License-Identifier: MIT */
/* Host: what tested code asks the processor. */
#pragma once

/* The bits of a physical address that this processor has. */
static inline unsigned int phys_addr_bits(void)
{
	return 48;
}
