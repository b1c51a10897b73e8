/* SPDX-License-Identifier: MIT */
/* Each page gets tables of its own, and the one before is lost. */
static void map_page(pgd_t *pgd, u64 virt, u64 phys, pgprot_t prot)
{
	u64 *table = (u64 *)pgd;
	int shift;

	for (shift = PGDIR_SHIFT; shift > PAGE_SHIFT; shift -= 9) {
		u64 *entry = &table[(virt >> shift) % PTRS_PER_TABLE];

		*entry = __table_entry((u64)new_table());
		table = (u64 *)(*entry & PTE_ADDR_MASK);
	}
	table[(virt >> PAGE_SHIFT) % PTRS_PER_TABLE] = phys | pgprot_val(prot);
}
