/* SPDX-License-Identifier: MIT */
/*
 * The fixmap's slots, from FIXADDR_TOP downwards: an index is an address that is known when the
 * kernel is compiled. Permanent slots first, then those that only boot uses.
 *
 * Linux counterpart: arch/arm64/include/asm/fixmap.h
 */
#pragma once

#include <asm/memlayout.h>

#define NR_FIX_BTMAPS    64
#define FIX_BTMAPS_SLOTS 8
#define TOTAL_FIX_BTMAPS (NR_FIX_BTMAPS * FIX_BTMAPS_SLOTS)

/* A tree of MAX_FDT_SIZE that starts anywhere in a 2 MiB block. */
#define FIX_FDT_SIZE (MAX_FDT_SIZE + SZ_2M)

enum fixed_addresses {
	FIX_HOLE, /* FIXADDR_TOP itself stays unmapped */
	FIX_FDT_END,
	FIX_FDT = FIX_FDT_END + FIX_FDT_SIZE / PAGE_SIZE - 1,
	FIX_DEBUG_UART, /* kernel/base/early_print.h, until the device tree names a console */
	FIX_EARLYCON_MEM_BASE,
	__end_of_permanent_fixed_addresses,

	/*
	 * early_ioremap: FIX_BTMAPS_SLOTS slots of NR_FIX_BTMAPS pages; the highest index is
	 * first.
	 */
	FIX_BTMAP_END = __end_of_permanent_fixed_addresses,
	FIX_BTMAP_BEGIN = FIX_BTMAP_END + TOTAL_FIX_BTMAPS - 1,

	/* Windows onto table pages that paging_init() fills before the linear map shows them. */
	FIX_PTE,
	FIX_PMD,
	FIX_PUD,
	__end_of_fixed_addresses
};

/* The device tree's window, in names that both architectures have. */
#define FDT_FIXED_BASE (FIXADDR_TOP - ((unsigned long)FIX_FDT << PAGE_SHIFT))
#define FDT_FIXED_SIZE FIX_FDT_SIZE

#define FIXADDR_SIZE      ((unsigned long)__end_of_permanent_fixed_addresses << PAGE_SHIFT)
#define FIXADDR_START     (FIXADDR_TOP - FIXADDR_SIZE)
#define FIXADDR_TOT_SIZE  ((unsigned long)__end_of_fixed_addresses << PAGE_SHIFT)
#define FIXADDR_TOT_START (FIXADDR_TOP - FIXADDR_TOT_SIZE)
