/* SPDX-License-Identifier: MIT */
/* A NOMAP range is taken for RAM. */
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
	for (; low < memblock.memory.cnt; low++) {
		if (regions[low].base > last_byte(phys, size))
			break;
		return &regions[low];
	}
	return NULL;
}
