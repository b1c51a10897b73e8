/* SPDX-License-Identifier: MIT */
/*
 * Declares early_ioremap and its relatives, with which boot maps before vmalloc exists.
 *
 * A mapping takes one of FIX_BTMAPS_SLOTS slots of NR_FIX_BTMAPS pages until it is unmapped. Only
 * the boot processor maps here, before others run, so there is no lock.
 *
 * Linux counterpart: include/asm-generic/early_ioremap.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

/* Makes early_ioremap usable. Boot, once, after early_fixmap_init() has set up the tables. */
void early_ioremap_init(void);

/* Its generic half: computes the address of each slot. */
void early_ioremap_setup(void);

/*
 * Linux changes to another page-table setter here, after paging_init(). Mercator keeps the fixmap's
 * tables and so needs one setter only. The call marks the place in the order of boot.
 */
static inline void early_ioremap_reset(void)
{
}

/*
 * Map size bytes at phys for device access (early_ioremap), as ordinary memory, or as read-only
 * memory. The address returned keeps phys's page offset. NULL and a warning when size is 0, the
 * range wraps, it needs more than NR_FIX_BTMAPS pages, or no slot is free.
 */
void __iomem *early_ioremap(phys_addr_t phys, unsigned long size);
void *early_memremap(phys_addr_t phys, unsigned long size);
void *early_memremap_ro(phys_addr_t phys, unsigned long size);

/*
 * Undo a mapping. Address and size must be those of the call that made it; otherwise there is a
 * warning and the slot stays mapped. Afterwards no entry of the slot is valid.
 */
void early_iounmap(void __iomem *addr, unsigned long size);
void early_memunmap(void *addr, unsigned long size);

/* Reports each slot that is still mapped. Returns how many there are. At the end of boot. */
int early_ioremap_leak_check(void);
