/* SPDX-License-Identifier: MIT */
/* A range that ends where a region begins counts as overlap. */
bool memblock_overlaps_region(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	const struct memblock_region *region = region_behind(type, base);

	return size && region && region->base <= range_end(base, size);
}
