/* SPDX-License-Identifier: MIT */
/* Host: the registers that tested code reads, with the values that a test expects. */
#pragma once

#include <kernel/lib/types.h>

#define read_sysreg(reg) host_sysreg_##reg

#define host_sysreg_mair_el1 MAIR_VALUE

/* The bits of a physical address that this processor has. */
static inline unsigned int phys_addr_bits(void)
{
	return 48;
}
