/* SPDX-License-Identifier: MIT */
/* Page 0 is given out, although address 0 means failure. */
static phys_addr_t find_free(phys_addr_t size, phys_addr_t align, phys_addr_t min, phys_addr_t max)
{
	phys_addr_t pos = min;
	phys_addr_t best = 0, start, end, addr;

	while (memblock_next_free_range(&pos, &start, &end) && start < max) {
		end = min(end, max);
		if (!size || end - start < size)
			continue;
		addr = memblock.bottom_up ? ALIGN(start, align) : ALIGN_DOWN(end - size, align);
		if (addr >= start && addr <= end - size)
			best = addr;
		if (best && memblock.bottom_up)
			break;
	}
	return best;
}
