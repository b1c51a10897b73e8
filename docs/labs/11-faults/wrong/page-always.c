/* SPDX-License-Identifier: MIT */
/* A supersection is decoded as a page. */
static phys_addr_t par_phys(u32 par, unsigned long addr)
{
	return (par & PAGE_MASK) | (addr & ~PAGE_MASK);
}
