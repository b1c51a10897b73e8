/* SPDX-License-Identifier: MIT */
/*
 * Tells what an ioremap() did, for `ioremap -v`.
 *
 * The mapping code keeps no count of its work. The tables themselves tell it: they are looked at
 * before the act, at the place where the area will be, and again after it. A table that is there
 * only afterwards was allocated. A table that is no longer there stood in the way of a larger leaf.
 * A leaf is new, because an area is empty until it is mapped.
 */

#include <kernel/base/seq_buf.h>
#include <kernel/iolab/act.h>
#include <kernel/lib/macros.h>
#include <mm/address_space.h>
#include <mm/page.h>
#include <mm/ptwalk.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

#define LEVELS (PGTABLE_LEVEL_PTE + 1)

/* What one walk over an area's tables counts, by the level of the entries. */
struct census {
	const struct ioremap_plan *plan;
	unsigned long start;             /* of the area */
	unsigned long leaves[LEVELS];    /* that map a part of the area */
	unsigned long tables[LEVELS];    /* pages of tables; level is that of the entries in them */
	unsigned long displaced[LEVELS]; /* of these, in the way of a leaf of the plan */
};

unsigned long iolab_next_place(unsigned long size)
{
	struct vm_struct *vm = get_vm_area_caller(size, VM_IOREMAP, iolab_next_place);
	unsigned long start;

	if (!vm)
		return 0;
	start = (unsigned long)vm->addr;
	release_vm_area(vm);
	kfree(vm);
	return start;
}

/* The size of the leaf that the plan has for an address; of a page, outside the area. */
static unsigned long planned_leaf(const struct census *census, unsigned long addr)
{
	unsigned long pos = census->start, left = census->plan->size, run;
	phys_addr_t phys = census->plan->phys;
	const struct leaf_type *leaf;

	if (addr - pos >= left)
		return PAGE_SIZE;
	for (;; pos += run, phys += run, left -= run) {
		leaf = pick_leaf(pos, phys, left, &run);
		if (addr - pos < run)
			return leaf->size;
	}
}

/* An entry of level that covers size bytes and leads to a table; page is NULL for half a page. */
static void count_table(struct census *census, enum pgtable_level level, unsigned long addr,
			unsigned long size, const void *page)
{
	if (!page)
		return;
	census->tables[level + 1]++;
	if (planned_leaf(census, addr) >= size)
		census->displaced[level + 1]++;
}

static void count_leaf(struct census *census, enum pgtable_level level, unsigned long addr)
{
	if (addr - census->start < census->plan->size)
		census->leaves[level]++;
}

static int count_pgd(pgd_t *pgdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	count_table(walk->private, PGTABLE_LEVEL_PGD, addr, PGDIR_SIZE, pgd_table_page(pgdp));
	return 0;
}

static int count_pud(pud_t *pudp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	if (pud_leaf(*pudp))
		count_leaf(walk->private, PGTABLE_LEVEL_PUD, addr);
	else
		count_table(walk->private, PGTABLE_LEVEL_PUD, addr, PUD_SIZE, pud_table_page(pudp));
	return 0;
}

static int count_pmd(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	if (pmd_leaf(*pmdp))
		count_leaf(walk->private, PGTABLE_LEVEL_PMD, addr);
	else
		count_table(walk->private, PGTABLE_LEVEL_PMD, addr, PMD_ENTRY_SIZE,
			    pmd_table_page(pmdp));
	return 0;
}

static int count_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	if (!pte_none(*ptep))
		count_leaf(walk->private, PGTABLE_LEVEL_PTE, addr);
	return 0;
}

/* To the end of a pair of entries, because the second half has the page of both tables. */
static void take_census(struct census *census, const struct ioremap_plan *plan, unsigned long start)
{
	static const struct mm_walk_ops ops = {
		.pgd_entry = count_pgd,
		.pud_entry = count_pud,
		.pmd_entry = count_pmd,
		.pte_entry = count_pte,
	};

	*census = (struct census){ .plan = plan, .start = start };
	walk_page_range(&init_mm, start, ALIGN(start + plan->size, PMD_SIZE), &ops, census);
}

void iolab_before_act(struct iolab_act *act, const struct ioremap_plan *plan)
{
	struct census census;
	enum pgtable_level level;

	*act = (struct iolab_act){ .plan = plan };
	act->start = plan->static_vm ? 0 : iolab_next_place(plan->size);
	if (!act->start)
		return;
	take_census(&census, plan, act->start);
	for (level = PGTABLE_LEVEL_PGD; level < LEVELS; level++) {
		act->kept[level] = census.tables[level] - census.displaced[level];
		act->displaced += census.displaced[level];
	}
}

/* --- The report --- */

static void print_entries(struct seq_buf *s, unsigned long n, enum pgtable_level level,
			  const char *kind)
{
	if (n)
		seq_buf_printf(s, "entries    %lu x %s, %s\n", n, pgtable_level_names[level], kind);
}

static void report_tables(struct seq_buf *s, const struct iolab_act *act)
{
	struct census census;
	enum pgtable_level level;
	unsigned long made, all = 0;

	take_census(&census, act->plan, act->start);
	for (level = PGTABLE_LEVEL_PGD; level < LEVELS; level++) {
		print_entries(s, census.leaves[level], level, "each a leaf");
		if (level == PGTABLE_LEVEL_PTE)
			break;
		made = census.tables[level + 1] - act->kept[level + 1];
		print_entries(s, level == PGTABLE_LEVEL_PMD ? made * PMD_ENTRIES : made, level,
			      "to a new table");
		all += made;
	}
	seq_buf_printf(s, "tables     %lu allocated, %lu displaced by a larger leaf\n", all,
		       act->displaced);
	if (act->displaced)
		seq_buf_printf(s,
			       "TLB        dropped %lu x: a displaced table is freed only then\n",
			       act->displaced);
	else
		seq_buf_puts(s, "TLB        not touched: it holds nothing of an empty entry\n");
}

void iolab_report_act(struct seq_buf *s, const struct iolab_act *act, unsigned long pointer)
{
	const struct vm_struct *vm = find_vm_area((void *)pointer);

	if (!act->plan->static_vm) {
		seq_buf_printf(s, "landed     0x%px, the lowest place that fits\n", vm->addr);
		if ((unsigned long)vm->addr == act->start)
			report_tables(s, act);
		else
			seq_buf_puts(s,
				     "tables     not known: the place that was looked at went to "
				     "another area\n");
	}
	seq_buf_puts(s, "row        ");
	vmallocinfo_row(s, vm);
	seq_buf_printf(s, "pointer    0x%px", (void *)pointer);
}
