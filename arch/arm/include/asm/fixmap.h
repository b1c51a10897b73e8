/* SPDX-License-Identifier: MIT */
/*
 * The fixmap's slots, from FIXADDR_TOP downwards: an index is an address that is known when the
 * kernel is compiled. Permanent slots first, then those that only boot uses. The device tree has a
 * window of sections instead of slots (memlayout.h).
 *
 * Linux counterpart: arch/arm/include/asm/fixmap.h
 */
#pragma once

#include <asm/memlayout.h>

#define NR_FIX_BTMAPS    64
#define FIX_BTMAPS_SLOTS 8
#define TOTAL_FIX_BTMAPS (NR_FIX_BTMAPS * FIX_BTMAPS_SLOTS)

enum fixed_addresses {
	FIX_DEBUG_UART, /* kernel/base/early_print.h, until the device tree names a console */
	FIX_EARLYCON_MEM_BASE,
	__end_of_permanent_fixed_addresses,

	/*
	 * early_ioremap: FIX_BTMAPS_SLOTS slots of NR_FIX_BTMAPS pages; the highest index is
	 * first.
	 */
	FIX_BTMAP_END = __end_of_permanent_fixed_addresses,
	FIX_BTMAP_BEGIN = FIX_BTMAP_END + TOTAL_FIX_BTMAPS - 1,
	__end_of_fixed_addresses
};

#define FIXADDR_TOT_START FIXADDR_START
_Static_assert(FIXADDR_START + ((unsigned long)__end_of_fixed_addresses << PAGE_SHIFT) <=
		       FIXADDR_END,
	       "the slots fit into the fixmap");
