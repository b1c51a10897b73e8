/* SPDX-License-Identifier: MIT */
/* Only the first page is flushed. */
void vunmap_range(unsigned long addr, unsigned long end)
{
	flush_cache_vunmap(addr, end); /* while the addresses still translate */
	vunmap_range_noflush(addr, end);
	/* Not earlier: a walk that still finds an entry caches it in the TLB again. */
	flush_tlb_kernel_range(addr, addr + PAGE_SIZE);
}
