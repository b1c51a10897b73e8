/* SPDX-License-Identifier: MIT */
/*
 * What an I/O mapping is made of on arm64, and what it cannot reach.
 *
 * The entry for a block may still hold a table of an earlier, smaller mapping. The table is empty
 * by then, but a walker may have cached its address. So the entry is cleared, the TLB flushed and
 * the table freed before the block is written (break before make).
 *
 * Linux counterpart: arch/arm64/mm/ioremap.c, pud_free_pmd_page() and pmd_free_pte_page() in mmu.c
 */
#include <asm/cacheflush.h>
#include <asm/tlbflush.h>
#include <kernel/base/bug.h>
#include <kernel/lib/errno.h>
#include <mm/ioremap.h>
#include <mm/pgalloc.h>
#include <mm/vmap_range.h>

static void drop_pte_table(pmd_t *pmdp, unsigned long addr)
{
	pte_t *table = pte_offset_kernel(pmdp, 0);

	if (pmd_none(*pmdp))
		return;
	BUG_ON(pmd_leaf(*pmdp));
	pmd_clear(pmdp);
	/* One page is enough: any address of the range drops the cached address of the table. */
	flush_tlb_kernel_range(addr, addr + PAGE_SIZE);
	pte_free_kernel(table); /* earlier, a walker could read its next owner's data as entries */
}

static void drop_pmd_table(pud_t *pudp, unsigned long addr)
{
	pmd_t *table = pmd_offset(pudp, 0);
	unsigned int i;

	if (pud_none(*pudp))
		return;
	BUG_ON(pud_leaf(*pudp));
	for (i = 0; i < PTRS_PER_PMD; i++)
		drop_pte_table(&table[i], addr + i * PMD_SIZE);
	pud_clear(pudp);
	flush_tlb_kernel_range(addr, addr + PAGE_SIZE); /* clear, flush, free: as above */
	pmd_free(table);
}

/* [addr, end) lies below one pud entry. */
static int map_pmd_blocks_below(pud_t *pudp, unsigned long addr, unsigned long end,
				phys_addr_t phys, pgprot_t prot)
{
	pmd_t *pmdp = pmd_alloc(pudp, addr);

	if (!pmdp)
		return -ENOMEM;
	for (; addr != end; pmdp++, addr += PMD_SIZE, phys += PMD_SIZE) {
		drop_pte_table(pmdp, addr);
		set_pmd(pmdp, __pmd(__block_entry(phys, prot)));
	}
	return 0;
}

static int map_pmd_blocks(unsigned long addr, phys_addr_t phys, unsigned long size,
			  const struct mem_type *type)
{
	unsigned long end = addr + size, next;
	int err = 0;

	for (; !err && addr != end; phys += next - addr, addr = next) {
		pud_t *pudp = pud_alloc(pgd_offset_k(addr), addr);

		next = pud_addr_end(addr, end);
		err = pudp ? map_pmd_blocks_below(pudp, addr, next, phys, type->prot_pte) : -ENOMEM;
	}
	flush_cache_vmap(end - size, end); /* before the driver's first access, or it may fault */
	return err;
}

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
	flush_cache_vmap(end - size, end); /* before the driver's first access, or it may fault */
	return 0;
}

const struct leaf_type leaf_types[NR_LEAF_TYPES] = {
	{ "block of 1 GiB", PUD_SIZE, 0, 0, 0, map_pud_blocks },
	{ "block of 2 MiB", PMD_SIZE, 0, 0, 0, map_pmd_blocks },
	{ "page of 4 KiB", PAGE_SIZE },
};

/* What an entry has room for, until arch_trim_memory() asks the processor. */
phys_addr_t phys_addr_limit = BIT_ULL(48);

const char *arch_ioremap_refusal(phys_addr_t phys, size_t size)
{
	/* The last byte, not the end: the end of the highest range wraps to 0. */
	if (phys + size - 1 >= phys_addr_limit)
		return "the processor has fewer physical address bits than that";
	return NULL;
}
