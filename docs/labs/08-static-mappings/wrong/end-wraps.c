/* SPDX-License-Identifier: MIT */
/* The sum of address and length may wrap to a small number. */
static const char *__init map_desc_error(const struct map_desc *row)
{
	phys_addr_t phys = (phys_addr_t)row->pfn << PAGE_SHIFT;

	if (!row->length || (row->virtual | row->length) & ~PAGE_MASK)
		return "is not made of whole pages";
	if (row->virtual < VMALLOC_START || row->virtual >= VMALLOC_END ||
	    row->virtual + row->length > VMALLOC_END)
		return "lies outside vmalloc space";
	if (!get_mem_type(row->type))
		return "has an unknown memory type";
	if (memblock_overlaps_region(&memblock.memory, phys, row->length))
		return "meets RAM";
	if (vm_area_overlaps(row->virtual, row->virtual + row->length))
		return "meets another area";
	return NULL;
}
