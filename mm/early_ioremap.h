/* SPDX-License-Identifier: MIT */
/*
 * early_ioremap: device and memory mappings before vmalloc exists.
 *
 * The fixmap lends FIX_BTMAPS_SLOTS slots of NR_FIX_BTMAPS pages each; a mapping takes one whole
 * slot until it is given back. For the boot processor only, before others run. No lock.
 *
 * Linux counterpart: include/asm-generic/early_ioremap.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

/* Make early_ioremap usable: the fixmap's tables stand. Boot, once, after early_fixmap_init(). */
void early_ioremap_init(void);

/* The generic half of it: work out the address of each slot. */
void early_ioremap_setup(void);

/*
 * In Linux the switch to the page-table setter that is right after paging_init(). Ours is the same
 * before and after, for the fixmap's tables stay: the call only marks the place in the order of
 * boot.
 */
static inline void early_ioremap_reset(void)
{
}

/*
 * Map size bytes at phys for device access (early_ioremap), as ordinary memory, or as memory that
 * cannot be written; the address keeps phys's page offset. NULL and a warning when size is 0, the
 * range wraps, it needs more than NR_FIX_BTMAPS pages, or no slot is free.
 */
void __iomem *early_ioremap(phys_addr_t phys, unsigned long size);
void *early_memremap(phys_addr_t phys, unsigned long size);
void *early_memremap_ro(phys_addr_t phys, unsigned long size);

/*
 * Undo a mapping: exactly the address that was returned and the size that was asked for, else a
 * warning and the slot stays. No entry of the slot is valid afterwards.
 */
void early_iounmap(void __iomem *addr, unsigned long size);
void early_memunmap(void *addr, unsigned long size);

/* Report each slot that is still mapped; returns how many. At the end of boot. */
int early_ioremap_leak_check(void);
