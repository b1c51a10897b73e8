/* SPDX-License-Identifier: MIT */
/* The processor's own copy still has the sections after the flush. */
void unmap_area_sections(unsigned long addr, unsigned long size)
{
	unsigned long end = addr + (size & ~(PMD_SIZE - 1)), pos;
	pmd_t *pair = pmd_off_k(addr);

	flush_cache_vunmap(addr, end);
	for (pos = addr; pos < end; pos += PMD_SIZE, pair += 2)
		pmd_clear(pair);
	flush_tlb_kernel_range(addr, end);
}
