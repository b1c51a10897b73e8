/* SPDX-License-Identifier: MIT */
/* The rest of the range is not looked at: on arm, pages would follow sections in one area. */
static bool leaf_fits(const struct leaf_type *leaf, unsigned long addr, phys_addr_t phys,
		      unsigned long size)
{
	if (size < leaf->size || phys < leaf->min_phys)
		return false;
	return IS_ALIGNED(addr | phys, leaf->size);
}
