/* SPDX-License-Identifier: MIT */
/* The search ends at the first region, although RAM may follow a NOMAP one. */
static const struct memblock_region *find_ram(phys_addr_t phys, phys_addr_t size)
{
	const struct memblock_region *regions = memblock.memory.regions;
	unsigned long low = 0, high = memblock.memory.cnt;

	while (low < high) {
		unsigned long middle = (low + high) / 2;

		if (regions[middle].base + regions[middle].size <= phys)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < memblock.memory.cnt) {
		if (regions[low].base > last_byte(phys, size))
			return NULL;
		if (!(regions[low].flags & MEMBLOCK_NOMAP))
			return &regions[low];
	}
	return NULL;
}
