/* SPDX-License-Identifier: MIT */
/*
 * Cache maintenance. QEMU models no caches: nothing here can be seen to be missing there, and all
 * of it is needed on hardware.
 *
 * The data caches of ARMv7 behave as physically tagged, so a new or removed virtual alias needs no
 * cleaning: flush_cache_vmap() and flush_cache_vunmap() only order the descriptor stores. Walks
 * look into the first-level data cache (multiprocessing extensions), so tables need no cleaning.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) B2.2, "Caches and branch predictors".
 * Linux counterpart: arch/arm/include/asm/cacheflush.h, arch/arm/mm/cache-v7.S
 */
#pragma once

#include <asm/barrier.h>
#include <asm/sysreg.h>

/* After descriptors for [start, end) were written over empty ones: the walker sees them first. */
static inline void flush_cache_vmap(unsigned long start, unsigned long end)
{
	dsb(ishst);
	isb();
}

/*
 * Before descriptors of [start, end) are cleared: nothing to do, the caches are physically tagged.
 */
static inline void flush_cache_vunmap(unsigned long start, unsigned long end)
{
}

static inline unsigned long dcache_line_size(void)
{
	return 4UL << ((read_cp15(CP15_CTR) >> 16) & 0xf);
}

/*
 * Drop [start, end), whole lines, from the data cache without writing it back: memory is right,
 * and what the cache has is older.
 */
static inline void dcache_inval_poc(unsigned long start, unsigned long end)
{
	unsigned long line = dcache_line_size();

	for (start &= ~(line - 1); start < end; start += line)
		write_cp15(start, CP15_DCIMVAC);
	dsb(sy);
}

/* Make code written to [start, end) executable: clean data, then invalidate instructions. */
static inline void flush_icache_range(unsigned long start, unsigned long end)
{
	unsigned long line = dcache_line_size();

	for (start &= ~(line - 1); start < end; start += line)
		write_cp15(start, CP15_DCCMVAU);
	dsb(ish);
	write_cp15(0, CP15_ICIALLU);
	write_cp15(0, CP15_BPIALL);
	dsb(ish);
	isb();
}
