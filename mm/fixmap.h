/* SPDX-License-Identifier: MIT */
/*
 * Declares the fixmap: virtual addresses known at compile time, each mapped to any physical page.
 *
 * It works before there is any allocator, because its tables are part of the image. An index out of
 * range does not compile; an address outside the slots is a BUG. Boot runs on one processor, so
 * there is no lock. Permanent slots do not change afterwards.
 *
 * Linux counterpart: include/asm-generic/fixmap.h
 */
#pragma once

#include <asm/fixmap.h>
#include <asm/pgtable.h>
#include <kernel/base/bug.h>
#include <kernel/lib/types.h>

#define __fix_to_virt(idx)  (FIXADDR_TOP - ((unsigned long)(idx) << PAGE_SHIFT))
#define __virt_to_fix(addr) ((FIXADDR_TOP - ((addr) & PAGE_MASK)) >> PAGE_SHIFT)

void __fix_to_virt_index_is_no_slot(void) __attribute__((error("fixmap index out of range")));

/* The address of a slot. idx is a constant. */
static __always_inline unsigned long fix_to_virt(const unsigned int idx)
{
	if (idx >= __end_of_fixed_addresses)
		__fix_to_virt_index_is_no_slot();
	return __fix_to_virt(idx);
}

/* The slot of an address, which must lie in the fixmap. */
static inline unsigned int virt_to_fix(unsigned long addr)
{
	BUG_ON((addr & PAGE_MASK) > FIXADDR_TOP || addr < FIXADDR_TOT_START);
	return __virt_to_fix(addr);
}

/* Enters the fixmap's tables in swapper_pg_dir. From boot, before all other calls here. */
void early_fixmap_init(void);

/*
 * Maps slot idx to the page of phys, or clears it when prot is FIXMAP_PAGE_CLEAR and drops its
 * translation. A slot in use must be cleared before it is mapped again; otherwise the call is
 * refused with a WARN.
 */
void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t prot);

#define set_fixmap(idx, phys)    __set_fixmap(idx, phys, FIXMAP_PAGE_NORMAL)
#define set_fixmap_io(idx, phys) __set_fixmap(idx, phys, FIXMAP_PAGE_IO)
#define clear_fixmap(idx)        __set_fixmap(idx, 0, FIXMAP_PAGE_CLEAR)

/* As set_fixmap(), and the pointer to phys itself, its page offset kept. */
static inline void *set_fixmap_offset(enum fixed_addresses idx, phys_addr_t phys)
{
	set_fixmap(idx, phys);
	return (void *)(__fix_to_virt(idx) + (unsigned long)(phys & ~PAGE_MASK));
}

/*
 * Maps at least MAX_FDT_SIZE bytes at phys, 8-byte aligned, read-only, in the device tree's window.
 * The window is made of whole sections or blocks, so it also maps what lies beside the tree.
 * Returns the pointer to phys, NULL when it is not aligned. From boot, once.
 */
void *fixmap_remap_fdt(phys_addr_t phys);

/*
 * Maps the window again, by pages: the size bytes at fdt, a pointer into the window, to phys, which
 * has the same offset in its page. Nothing else stays mapped in the window. Returns 0, or -ENOMEM;
 * then the tree cannot be read any more. From boot, once, when there are pages to allocate and
 * before the first ioremap(). (mm/fdt_window.c)
 */
int fixmap_narrow_fdt(const void *fdt, unsigned long size, phys_addr_t phys);
