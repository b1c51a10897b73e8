/* SPDX-License-Identifier: MIT */
/* A device's section is in the kernel's domain. */
static pmd_t make_section(phys_addr_t phys, pmdval_t prot)
{
	return __pmd(__section_entry(phys, prot | PMD_DOMAIN(DOMAIN_KERNEL)));
}
