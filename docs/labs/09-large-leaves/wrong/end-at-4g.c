/* SPDX-License-Identifier: MIT */
/* The end is compared, and a range that ends at 4 GiB is refused. */
const char *arch_ioremap_refusal(phys_addr_t phys, size_t size)
{
	phys_addr_t end = phys + size;

	if (end < PHYS_4G)
		return NULL;
	if (phys < PHYS_4G)
		return "the range crosses 4 GiB: below it is mapped by pages, above only by "
		       "supersections";
	if (!IS_ALIGNED(phys | size, SUPERSECTION_SIZE))
		return "from 4 GiB up only supersections reach: address and size must be multiples "
		       "of 16 MiB";
	if ((end - 1) >> SUPERSECTION_PHYS_BITS)
		return "a supersection has 40 bits of physical address, fewer than that";
	return NULL;
}
