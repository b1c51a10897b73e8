/* SPDX-License-Identifier: MIT */
/* The TLB is flushed before the entries are cleared. */
void vunmap_range(unsigned long addr, unsigned long end)
{
	flush_cache_vunmap(addr, end); /* while the addresses still translate */
	flush_tlb_kernel_range(addr, end);
	vunmap_range_noflush(addr, end);
}
