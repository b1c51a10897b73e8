/* SPDX-License-Identifier: MIT */
/*
 * Declares the calls that map and unmap a range of kernel addresses by pages.
 *
 * ioremap, vmalloc and vmap use them. The caller owns the area of the range, so two callers never
 * share an entry, and no lock is needed. A table that both need is allocated under the lock of
 * pgalloc.c.
 *
 * Linux counterpart: mm/vmalloc.c (ioremap_page_range, vmap_pages_range, vunmap_range)
 */
#pragma once

#include <asm/pgtable.h>
#include <kernel/lib/types.h>

struct page;

/*
 * Maps [addr, end), whole pages, at least one, to the pages from phys on. An entry in use is a BUG,
 * because the caller's area must be empty. Returns 0, or -ENOMEM when there is no memory for a
 * table; then nothing is mapped.
 */
int ioremap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys, pgprot_t prot);

/*
 * Maps [addr, end) to the pages of pages[]; page_shift is PAGE_SHIFT. Returns 0, -ENOMEM, or -EBUSY
 * when an entry is in use; then it has mapped nothing.
 */
int vmap_pages_range(unsigned long addr, unsigned long end, pgprot_t prot, struct page **pages,
		     unsigned int page_shift);

/* Clears every entry of [addr, end) and flushes the TLB. Tables stay (watermark.h). */
void vunmap_range(unsigned long addr, unsigned long end);

/* The same without the flush, for a caller that flushes a larger range. */
void vunmap_range_noflush(unsigned long addr, unsigned long end);
