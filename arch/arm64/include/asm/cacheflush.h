/* SPDX-License-Identifier: MIT */
/*
 * Cache maintenance. QEMU models no caches: nothing here can be seen to be missing there, and all
 * of it is needed on hardware.
 *
 * The data caches of ARMv8 behave as physically tagged, so a new or removed virtual alias needs no
 * cleaning: flush_cache_vmap() and flush_cache_vunmap() only order the descriptor stores.
 *
 * Source: Arm ARM (DDI 0487) D7.4, "Cache maintenance operations".
 * Linux counterpart: arch/arm64/include/asm/cacheflush.h, arch/arm64/mm/cache.S
 */
#pragma once

#include <asm/barrier.h>

/*
 * After descriptors for [start, end) were written over empty ones: the walker sees them before any
 * later access. The isb keeps a later access from having been tried, and found empty, before.
 */
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
	unsigned long ctr;

	__asm__("mrs %0, ctr_el0" : "=r"(ctr));
	return 4UL << ((ctr >> 16) & 0xf);
}

/*
 * Drop [start, end), whole lines, from the data cache without writing it back: memory is right,
 * and what the cache has is older.
 */
static inline void dcache_inval_poc(unsigned long start, unsigned long end)
{
	unsigned long line = dcache_line_size();

	for (start &= ~(line - 1); start < end; start += line)
		__asm__ volatile("dc ivac, %0" ::"r"(start) : "memory");
	dsb(sy);
}

/* Make code written to [start, end) executable: clean data, then invalidate instructions. */
static inline void flush_icache_range(unsigned long start, unsigned long end)
{
	unsigned long line = dcache_line_size();

	for (start &= ~(line - 1); start < end; start += line)
		__asm__ volatile("dc cvau, %0" ::"r"(start) : "memory");
	dsb(ish);
	__asm__ volatile("ic ialluis" ::: "memory");
	dsb(ish);
	isb();
}
