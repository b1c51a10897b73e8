/* SPDX-License-Identifier: MIT */
/*
 * Dropping translations. The order is always the same: the cleared descriptor is made visible
 * (dsb ishst), the entries are dropped on every processor (tlbi ...is), completion is awaited (dsb
 * ish), and this processor's pipeline restarts (isb). Only then may the address get another
 * meaning or the table page another owner.
 *
 * Source: Arm ARM (DDI 0487) D8.13, "TLB maintenance"; D8.14.1, "Using break-before-make".
 * Linux counterpart: arch/arm64/include/asm/tlbflush.h
 */
#pragma once

#include <asm/barrier.h>
#include <asm/memlayout.h>

/* For more pages than this, one flush of everything costs less than one operation a page. */
#define MAX_TLBI_PAGES 32

/* The operand of a by-address invalidate: ASID in bits 63:48, page number below. */
#define TLBI_VADDR(addr, asid) ((((addr) >> 12) & 0xfffffffffffUL) | ((unsigned long)(asid) << 48))

/* All translations, kernel's and users', on all processors. */
static inline void flush_tlb_all(void)
{
	dsb(ishst); /* or a walker reads the old descriptor again, behind the invalidation */
	__asm__ volatile("tlbi vmalle1is" ::: "memory");
	dsb(ish); /* or another processor still uses the translation when we return */
	isb();    /* or this one runs what it fetched by it */
}

/*
 * Kernel translations of [start, end), which may be leaves or the tables above them. Not the form
 * for the last level only (vaale1is): it would leave the address of a freed table cached. The
 * barriers are those of flush_tlb_all().
 */
static inline void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	if (end - start > MAX_TLBI_PAGES * PAGE_SIZE) {
		flush_tlb_all();
		return;
	}
	dsb(ishst); /* once for the range: barriers cost more than the operations */
	for (; start < end; start += PAGE_SIZE)
		__asm__ volatile("tlbi vaae1is, %0" ::"r"(TLBI_VADDR(start, 0)) : "memory");
	dsb(ish);
	isb();
}

/* Everything that carries this ASID. The barriers are those of flush_tlb_all(). */
static inline void flush_tlb_asid(unsigned int asid)
{
	dsb(ishst);
	__asm__ volatile("tlbi aside1is, %0" ::"r"(TLBI_VADDR(0UL, asid)) : "memory");
	dsb(ish);
	isb();
}
