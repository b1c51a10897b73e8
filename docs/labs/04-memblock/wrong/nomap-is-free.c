/* SPDX-License-Identifier: MIT */
/* Memory that must not be mapped is given out. */
bool memblock_next_free_range(phys_addr_t *pos, phys_addr_t *start, phys_addr_t *end)
{
	const struct memblock_region *mem, *taken;

	while ((mem = region_behind(&memblock.memory, *pos))) {
		*start = max(*pos, mem->base);
		*pos = region_end(mem);
		taken = region_behind(&memblock.reserved, *start);
		if (taken && taken->base <= *start) {
			*pos = region_end(taken);
			continue;
		}
		if (taken)
			*pos = min(*pos, taken->base);
		*end = *pos;
		return true;
	}
	return false;
}
