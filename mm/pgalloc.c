/* SPDX-License-Identifier: MIT */
/* Making and freeing tables. Linux counterpart: mm/memory.c (__pud_alloc and so on) */
#include <asm/barrier.h>
#include <kernel/base/spinlock.h>
#include <mm/gfp.h>
#include <mm/pgalloc.h>

static DEFINE_SPINLOCK(page_table_lock);

static void *table_alloc(void)
{
	return (void *)get_zeroed_page(GFP_KERNEL);
}

static void table_free(void *table)
{
	free_page((unsigned long)table);
}

pud_t *pud_alloc_one(void)
{
	return table_alloc();
}

void pud_free(pud_t *table)
{
	table_free(table);
}

pmd_t *pmd_alloc_one(void)
{
	return table_alloc();
}

void pmd_free(pmd_t *table)
{
	table_free(table);
}

pte_t *pte_alloc_one_kernel(void)
{
	return table_alloc();
}

void pte_free_kernel(pte_t *table)
{
	table_free(table);
}

/*
 * One step down. The new table is zero in memory before the entry that shows it to the walker; who
 * loses a race gives its table back.
 */
#define DEFINE_LEVEL_ALLOC(name, upper_t, lower_t, upper_none, populate, get, put, offset) \
	lower_t *name(upper_t *upper, unsigned long addr)                                  \
	{                                                                                  \
		lower_t *table;                                                            \
                                                                                           \
		if (!upper_none(*upper))                                                   \
			return offset(upper, addr);                                        \
		table = get();                                                             \
		if (!table)                                                                \
			return NULL;                                                       \
		smp_wmb();                                                                 \
		spin_lock(&page_table_lock);                                               \
		if (upper_none(*upper)) {                                                  \
			populate(upper, table, addr);                                      \
			table = NULL;                                                      \
		}                                                                          \
		spin_unlock(&page_table_lock);                                             \
		if (table)                                                                 \
			put(table);                                                        \
		return offset(upper, addr);                                                \
	}

static void populate_kernel(pmd_t *pmdp, pte_t *table, unsigned long addr)
{
	pmd_populate_kernel(pmdp, table);
	arch_sync_kernel_mappings(addr);
}
#define pgd_populate_at(pgdp, table, addr) pgd_populate(pgdp, table)
#define pud_populate_at(pudp, table, addr) pud_populate(pudp, table)
#define pmd_populate_at(pmdp, table, addr) pmd_populate(pmdp, table)

DEFINE_LEVEL_ALLOC(pud_alloc, pgd_t, pud_t, pgd_none, pgd_populate_at, pud_alloc_one, pud_free,
		   pud_offset)
DEFINE_LEVEL_ALLOC(pmd_alloc, pud_t, pmd_t, pud_none, pud_populate_at, pmd_alloc_one, pmd_free,
		   pmd_offset)
DEFINE_LEVEL_ALLOC(pte_alloc_kernel, pmd_t, pte_t, pmd_none, populate_kernel, pte_alloc_one_kernel,
		   pte_free_kernel, pte_offset_kernel)
DEFINE_LEVEL_ALLOC(pte_alloc, pmd_t, pte_t, pmd_none, pmd_populate_at, pte_alloc_one_kernel,
		   pte_free_kernel, pte_offset_kernel)
