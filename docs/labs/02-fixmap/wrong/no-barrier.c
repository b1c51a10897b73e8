/* SPDX-License-Identifier: MIT */
/* The first access may fault: its walk may come before the store. */
void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t prot)
{
	unsigned long addr = __fix_to_virt(idx);
	pte_t *ptep;

	BUG_ON(idx <= FIX_FDT || idx >= __end_of_fixed_addresses);
	ptep = fixmap_pte(addr);
	if (!pgprot_val(prot)) {
		pte_clear(ptep);
		/* Without this flush the next user of the slot would still reach this page. */
		flush_tlb_kernel_range(addr, addr + PAGE_SIZE);
	} else if (!WARN(!pte_none(*ptep), "fixmap slot %d is in use", idx)) {
		set_pte(ptep, pfn_pte(phys >> PAGE_SHIFT, prot));
	}
}
