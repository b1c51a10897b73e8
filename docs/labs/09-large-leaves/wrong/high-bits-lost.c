/* SPDX-License-Identifier: MIT */
/* The descriptor has 32 bits of address only. */
static pmd_t make_supersection(phys_addr_t phys, pmdval_t prot)
{
	return __pmd(__section_entry(phys & 0xff000000, prot | PMD_SECT_SUPER));
}
