/* SPDX-License-Identifier: MIT */
/* The address behind a region is taken for a part of it. */
const struct region *find_region(unsigned long addr)
{
	const struct region *region, *found = NULL;

	for_each_region(region)
		if (addr >= region->start && addr <= region->end)
			found = region;
	return found;
}
