/* SPDX-License-Identifier: MIT */
/* The TLB is not flushed: the old translations work on. */
void vunmap_range(unsigned long addr, unsigned long end)
{
	flush_cache_vunmap(addr, end); /* while the addresses still translate */
	vunmap_range_noflush(addr, end);
}
