/* SPDX-License-Identifier: MIT */
/* Where nothing fits above min, the search ends. */
static phys_addr_t alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t min,
			       phys_addr_t max, phys_addr_t second_min)
{
	phys_addr_t addr;

	max = max ?: memblock.current_limit;
	align = align ?: SMP_CACHE_BYTES;
	addr = find_free(size, align, min, max);
	return addr && memblock_reserve(addr, size) == 0 ? addr : 0;
}
