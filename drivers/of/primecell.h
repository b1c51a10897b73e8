/* SPDX-License-Identifier: MIT */
/*
 * Arm's own cells (PL011, PL031, ...) end in four registers of eight bits that are the same in all:
 * read one after the other they say that a PrimeCell is there. So a device tree need not be
 * believed where a wrong address would cost a fault, or the console its voice.
 *
 * Source: ARM DDI 0224 (PL031) 3.4
 * Linux counterpart: include/linux/amba/bus.h (AMBA_CID), drivers/amba/bus.c
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <mm/uaccess.h>

#define AMBA_CID      0xb105f00d
#define AMBA_CID_SIZE 16 /* bytes, the last ones of the cell's registers */

/* Does a PrimeCell answer? cid is where its last AMBA_CID_SIZE bytes are mapped. Any context. */
static inline bool primecell_answers(const void __iomem *cid)
{
	const char *reg = (__force const char *)cid;
	u32 id = 0;
	u64 value;
	int i;

	for (i = 0; i < 4; i++) {
		if (peek_kernel_nofault(&value, reg + 4 * i, 32))
			return false;
		id |= (u32)(value & 0xff) << 8 * i;
	}
	return id == AMBA_CID;
}
