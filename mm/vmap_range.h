/* SPDX-License-Identifier: MIT */
/*
 * Filling and clearing kernel address ranges: the page row of ioremap, vmap and vmalloc, and their
 * common way back. The range belongs to the caller (it has the vm area), so no lock is needed: two
 * callers never share an entry, and a table that both need is made under pgalloc's lock.
 *
 * Linux counterpart: mm/vmalloc.c (ioremap_page_range, vmap_pages_range, vunmap_range)
 */
#pragma once

#include <asm/pgtable.h>
#include <kernel/lib/types.h>

struct page;

/*
 * Maps [addr, end), not empty, whole pages, to phys and on. An entry in use is a BUG: the area is
 * ours and must be empty. Returns 0, or -ENOMEM when a table page is missing; then all is as
 * before.
 */
int ioremap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys, pgprot_t prot);

/*
 * Maps [addr, end) to pages[0] and on; page_shift is PAGE_SHIFT. Returns 0, -ENOMEM, or -EBUSY
 * when an entry is in use; then all is as before.
 */
int vmap_pages_range(unsigned long addr, unsigned long end, pgprot_t prot, struct page **pages,
		     unsigned int page_shift);

/* Clears every entry of [addr, end) and flushes the TLB. Tables stay (watermark.h). */
void vunmap_range(unsigned long addr, unsigned long end);

/* The same without the flush, for a caller that flushes a larger range. */
void vunmap_range_noflush(unsigned long addr, unsigned long end);
