/* SPDX-License-Identifier: MIT */
/*
 * Dropping translations. The order is always the same: the cleared descriptor is made visible
 * (dsb ishst), the entries are dropped on every processor (the IS operations), completion is
 * awaited (dsb ish), and this processor's pipeline restarts (isb). Only then may the address get
 * another meaning or the table page another owner.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) B3.10, "TLB maintenance requirements".
 * Linux counterpart: arch/arm/include/asm/tlbflush.h
 */
#pragma once

#include <asm/barrier.h>
#include <asm/memlayout.h>
#include <asm/sysreg.h>

/* For more pages than this, one flush of everything costs less than one operation a page. */
#define MAX_TLBI_PAGES 32

/* All translations, kernel's and users', on all processors. */
static inline void flush_tlb_all(void)
{
	dsb(ishst); /* or a walker reads the old descriptor again, behind the invalidation */
	write_cp15(0, CP15_TLBIALLIS);
	dsb(ish); /* or another processor still uses the translation when we return */
	isb();    /* or this one runs what it fetched by it */
}

/*
 * Kernel translations of [start, end), which may be pages, sections or the tables above them. Any
 * ASID (MVAA): kernel entries are global. The barriers are those of flush_tlb_all().
 */
static inline void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	if (end - start > MAX_TLBI_PAGES * PAGE_SIZE) {
		flush_tlb_all();
		return;
	}
	dsb(ishst); /* once for the range: barriers cost more than the operations */
	for (start &= PAGE_MASK; start < end; start += PAGE_SIZE)
		write_cp15(start, CP15_TLBIMVAAIS);
	dsb(ish);
	isb();
}

/* Everything that carries this ASID. The barriers are those of flush_tlb_all(). */
static inline void flush_tlb_asid(unsigned int asid)
{
	dsb(ishst);
	write_cp15(asid, CP15_TLBIASIDIS);
	dsb(ish);
	isb();
}
