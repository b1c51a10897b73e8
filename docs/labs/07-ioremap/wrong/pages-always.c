/* SPDX-License-Identifier: MIT */
/* Only pages are used. */
const struct leaf_type *pick_leaf(unsigned long addr, phys_addr_t phys, unsigned long size,
				  unsigned long *run)
{
	const struct leaf_type *leaf = leaf_types;

	while (leaf->size > PAGE_SIZE)
		leaf++;
	*run = size & ~(leaf->size - 1);
	if (leaf > leaf_types) {
		const struct leaf_type *larger = leaf - 1;

		/* Up to the address at which the larger leaf fits, if there is one. */
		if (size > larger->size && !(larger->needs & LEAF_WHOLE_RANGE) &&
		    IS_ALIGNED(addr ^ phys, larger->size))
			*run = min(*run, ALIGN(addr + 1, larger->size) - addr);
	}
	return leaf;
}
