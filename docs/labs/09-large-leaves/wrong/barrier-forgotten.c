/* SPDX-License-Identifier: MIT */
/* Nothing orders the new entries in front of the driver's first access. */
static int map_pud_blocks(unsigned long addr, phys_addr_t phys, unsigned long size,
			  const struct mem_type *type)
{
	unsigned long end = addr + size;

	for (; addr != end; addr += PUD_SIZE, phys += PUD_SIZE) {
		pud_t *pudp = pud_alloc(pgd_offset_k(addr), addr);

		if (!pudp)
			return -ENOMEM;
		drop_pmd_table(pudp, addr);
		set_pud(pudp, __pud(__block_entry(phys, type->prot_pte)));
	}
	return 0;
}
