/* SPDX-License-Identifier: MIT */
/* From the top, the start is rounded up, so that the highest place is passed over. */
static phys_addr_t find_free(phys_addr_t size, phys_addr_t align, phys_addr_t min, phys_addr_t max)
{
	phys_addr_t pos = max(min, (phys_addr_t)PAGE_SIZE); /* 0 means failure */
	phys_addr_t best = 0, start, end, addr;

	while (memblock_next_free_range(&pos, &start, &end) && start < max) {
		end = min(end, max);
		if (!size || end - start < size)
			continue;
		addr = memblock.bottom_up ? ALIGN(start, align) : ALIGN(end - size, align);
		if (addr >= start && addr <= end - size)
			best = addr;
		if (best && memblock.bottom_up)
			break;
	}
	return best;
}
