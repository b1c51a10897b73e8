/* SPDX-License-Identifier: MIT */
/*
 * Allocates and frees the pages that hold page tables, and defines init_mm, the kernel's own.
 *
 * Linux counterpart: mm/memory.c (__pud_alloc and so on), mm/init-mm.c
 */
#include <asm/barrier.h>
#include <kernel/base/spinlock.h>
#include <mm/address_space.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/pgalloc.h>

/* The kernel's address space: its tables, and no user areas. */
struct mm_struct init_mm = {
	.pgd = swapper_pg_dir,
	.lock = __SPIN_LOCK_UNLOCKED,
	.areas = LIST_HEAD_INIT(init_mm.areas),
};

/* Guards the entries of tables that are being allocated, and everything below. */
static DEFINE_SPINLOCK(page_table_lock);
static unsigned long nr_tables; /* pages that are tables, below the first level */
static unsigned int walks;      /* of init_mm's tables, under way now */
static LIST_HEAD(detached);     /* of page.lru: tables that such a walk may still look at */

unsigned long pgtable_nr_pages(void)
{
	return READ_ONCE(nr_tables);
}

static void *table_alloc(void)
{
	return (void *)get_zeroed_page(GFP_KERNEL);
}

void pgtable_walk_begin(void)
{
	spin_lock(&page_table_lock);
	walks++;
	spin_unlock(&page_table_lock);
}

/* What was detached during the walks is freed by the last of them. */
void pgtable_walk_end(void)
{
	struct page *page;

	spin_lock(&page_table_lock);
	walks--;
	while (!walks && !list_empty(&detached)) {
		page = list_first_entry(&detached, struct page, lru);
		list_del(&page->lru);
		__free_page(page);
	}
	spin_unlock(&page_table_lock);
}

static void table_free(void *table)
{
	bool in_use;

	spin_lock(&page_table_lock);
	nr_tables--;
	in_use = walks;
	if (in_use)
		list_add(&virt_to_page(table)->lru, &detached);
	spin_unlock(&page_table_lock);
	if (!in_use)
		free_page((unsigned long)table);
}

void pud_free(pud_t *table)
{
	table_free(table);
}

void pmd_free(pmd_t *table)
{
	table_free(table);
}

void pte_free_kernel(pte_t *table)
{
	table_free(table);
}

/*
 * The four functions below differ in types only. begin_table() allocates a missing table. It is
 * entered unless another caller was faster, and end_table() frees a table that was not needed.
 */
static noinline void *begin_table(void)
{
	void *table = table_alloc();

	if (!table)
		return NULL;
	smp_wmb(); /* or a walker could follow the entry and read what the page held before */
	spin_lock(&page_table_lock);
	nr_tables++;
	return table;
}

static void end_table(void *unused)
{
	spin_unlock(&page_table_lock);
	if (unused)
		table_free(unused);
}

bool __pud_alloc(pgd_t *pgdp)
{
	pud_t *table = begin_table();

	if (!table)
		return false;
	if (pgd_none(*pgdp)) {
		pgd_populate(pgdp, table);
		table = NULL;
	}
	end_table(table);
	return true;
}

bool __pmd_alloc(pud_t *pudp)
{
	pmd_t *table = begin_table();

	if (!table)
		return false;
	if (pud_none(*pudp)) {
		pud_populate(pudp, table);
		table = NULL;
	}
	end_table(table);
	return true;
}

bool __pte_alloc_kernel(pmd_t *pmdp, unsigned long addr)
{
	pte_t *table = begin_table();

	if (!table)
		return false;
	if (pmd_none(*pmdp)) {
		pmd_populate_kernel(pmdp, table);
		arch_sync_kernel_mappings(addr);
		table = NULL;
	}
	end_table(table);
	return true;
}

bool __pte_alloc(pmd_t *pmdp)
{
	pte_t *table = begin_table();

	if (!table)
		return false;
	if (pmd_none(*pmdp)) {
		pmd_populate(pmdp, table);
		table = NULL;
	}
	end_table(table);
	return true;
}
