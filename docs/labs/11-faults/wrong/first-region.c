/* SPDX-License-Identifier: MIT */
/* The first region that holds the address is taken, not the most exact one. */
const struct region *find_region(unsigned long addr)
{
	const struct region *region;

	for_each_region(region)
		if (addr >= region->start && addr < region->end)
			return region;
	return NULL;
}
