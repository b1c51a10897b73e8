/* SPDX-License-Identifier: MIT */
/*
 * Host: the architecture's own numbers, where the program is built for one, and a processor that is
 * made up. It answers a question about an address (host.h), and nothing else.
 */
#pragma once

#include <host.h>

#if __has_include_next(<asm/sysreg.h>)
#define phys_addr_bits real_phys_addr_bits
#include_next <asm/sysreg.h>
#undef phys_addr_bits
#undef read_sysreg
#undef at_s1e1r
#undef read_cp15
#undef write_cp15
#endif

/* PAR is the only register that is read, and the address translation the only one written. */
#define read_sysreg(reg)     host_par()
#define at_s1e1r(addr)       host_ask(addr)
#define read_cp15(reg)       ((u32)host_par())
#define write_cp15(val, reg) host_ask(val)

/* The bits of a physical address that this processor has. */
static inline unsigned int phys_addr_bits(void)
{
	return 48;
}
