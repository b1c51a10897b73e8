/* SPDX-License-Identifier: MIT */
/*
 * Cache maintenance. QEMU models no caches, so no test on it notices a missing operation; hardware
 * needs all of them.
 *
 * The data caches of ARMv7 behave as physically tagged, so a new or removed virtual alias needs no
 * cleaning. flush_cache_vmap() only orders the descriptor stores, and flush_cache_vunmap() has
 * nothing to do. With the multiprocessing extensions a table walk looks into the first-level data
 * cache, so tables need no cleaning either.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) B2.2, "Caches and branch predictors".
 * Linux counterpart: arch/arm/include/asm/cacheflush.h, arch/arm/mm/cache-v7.S
 */
#pragma once

#include <asm/barrier.h>
#include <asm/sysreg.h>

/*
 * After descriptors for [start, end) were written over empty ones. Without the dsb the first access
 * may be walked before the stores are seen, and fault. The isb discards a later access that was
 * tried ahead of time and found the empty entry.
 */
static inline void flush_cache_vmap(unsigned long start, unsigned long end)
{
	dsb(ishst);
	isb();
}

/*
 * Before descriptors of [start, end) are cleared. Nothing to do, because the caches are physically
 * tagged. A virtually tagged cache would need its lines cleaned while they still translate.
 */
static inline void flush_cache_vunmap(unsigned long start, unsigned long end)
{
}

static inline unsigned long dcache_line_size(void)
{
	return 4UL << ((read_cp15(CP15_CTR) >> 16) & 0xf);
}

/*
 * Drops [start, end), whole lines, from the data cache without writing them back. Memory is right,
 * and the cache holds older contents. A line that the range covers only in part is dropped whole,
 * with the neighbour's data, so both ends must be multiples of the line size.
 */
static inline void dcache_inval_poc(unsigned long start, unsigned long end)
{
	unsigned long line = dcache_line_size();

	for (start &= ~(line - 1); start < end; start += line)
		write_cp15(start, CP15_DCIMVAC);
	/* Complete before the caches are turned on; for the full system while they are off. */
	dsb(sy);
}

/*
 * Writes [start, end) back to memory and drops it from the data cache: a device, or a mapping that
 * is not cached, sees what was written through a cached one.
 */
static inline void dcache_clean_inval_poc(unsigned long start, unsigned long end)
{
	unsigned long line = dcache_line_size();

	for (start &= ~(line - 1); start < end; start += line)
		write_cp15(start, CP15_DCCIMVAC);
	dsb(sy); /* complete for the full system, where the device is, before it is told to start */
}

/*
 * Makes code written to [start, end) executable. Instruction fetch does not look into the data
 * cache: without any one of these steps the processor may run what was at these addresses before.
 */
static inline void flush_icache_range(unsigned long start, unsigned long end)
{
	unsigned long line = dcache_line_size();

	for (start &= ~(line - 1); start < end; start += line)
		write_cp15(start, CP15_DCCMVAU);
	dsb(ish); /* the code is where fetches see it, before a refill of the instruction cache */
	write_cp15(0, CP15_ICIALLUIS);
	write_cp15(0, CP15_BPIALLIS); /* ARMv7 may predict branches of the old code otherwise */
	dsb(ish);                     /* both are complete, on all processors */
	isb(); /* drop what was fetched already; other processors need an isb of their own */
}
