/* SPDX-License-Identifier: MIT */
/* Mistake: tlb - iounmap(), vunmap() and vfree() flush no TLB */
void vunmap_range(unsigned long addr, unsigned long end)
{
	flush_cache_vunmap(addr, end);
	vunmap_range_noflush(addr, end);
}
