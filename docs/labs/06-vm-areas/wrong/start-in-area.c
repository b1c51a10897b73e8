/* SPDX-License-Identifier: MIT */
/* Only the start of the range is looked up: an area that begins inside it is not seen. */
bool __init vm_area_overlaps(unsigned long start, unsigned long end)
{
	const struct vmap_area *va = find_vmap_area_below(start);

	return va && va->va_end > start;
}
