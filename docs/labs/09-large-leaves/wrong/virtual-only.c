/* SPDX-License-Identifier: MIT */
/* Only the virtual address is looked at: the leaf would begin at another physical address. */
static bool leaf_fits(const struct leaf_type *leaf, unsigned long addr, phys_addr_t phys,
		      unsigned long size)
{
	unsigned long whole;

	if (size < leaf->size || phys < leaf->min_phys)
		return false;
	whole = leaf->needs & LEAF_WHOLE_RANGE ? size : 0;
	return IS_ALIGNED(addr | whole, leaf->size);
}
