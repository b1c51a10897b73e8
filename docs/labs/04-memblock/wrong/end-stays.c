/* SPDX-License-Identifier: MIT */
/* Only the base of a region is rounded; its end stays where it is. */
void memblock_trim_memory(phys_addr_t align)
{
	const struct memblock_region *region;
	phys_addr_t pos = 0;

	while ((region = region_behind(&memblock.memory, pos))) {
		phys_addr_t base = region->base, end = region_end(region);
		phys_addr_t first = ALIGN(base, align), last = ALIGN_DOWN(end, align);

		if (first < base || first >= last) /* rounding up wrapped, or nothing is left */
			first = last = end;
		memblock_remove(base, first - base);
		pos = end;
	}
}
