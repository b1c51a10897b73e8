/* SPDX-License-Identifier: MIT */
/* Supersections are taken at every address. */
static bool leaf_fits(const struct leaf_type *leaf, unsigned long addr, phys_addr_t phys,
		      unsigned long size)
{
	unsigned long whole;

	if (size < leaf->size)
		return false;
	whole = leaf->needs & LEAF_WHOLE_RANGE ? size : 0;
	return IS_ALIGNED(addr | phys | whole, leaf->size);
}
