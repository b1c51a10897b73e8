/* SPDX-License-Identifier: MIT */
/*
 * Decides whether a program may have more memory, and frees empty page tables before it refuses.
 *
 * A request must leave the reserve untouched: enough to fork and run a few programs, and a share of
 * memory. High memory does not count, because most of what a program costs the kernel is lowmem.
 *
 * iounmap() and vfree() leave their tables for the next mapping, which then needs no memory. Such a
 * table may be freed when no area reaches into the range that it translates, because code maps and
 * unmaps only inside its own area.
 *
 * Linux counterpart: see watermark.h. Linux keeps the tables of vmalloc space, unless a large leaf
 * replaces them.
 */
#include <asm/mmu_context.h>
#include <asm/tlbflush.h>
#include <kernel/base/bug.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <mm/address_space.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/pagewalk.h>
#include <mm/pgalloc.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>
#include <mm/watermark.h>

#define RESERVE_MIN   ((SZ_2M + SZ_512K) / PAGE_SIZE)
#define RESERVE_SHARE 64 /* one part in */
#define SPARE_STACKS  8  /* for what a shell starts, and a script */

/* --- Empty tables --- */

/* Removes the table of a whole pair, when the walk is at its first entry. */
static int detach_table(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	struct list_head *tables = walk->private;

	if (WARN_ON(pmd_leaf(*pmdp))) /* a leaf without an area, which no code could unmap */
		return 0;
	list_add(&virt_to_page(pmd_table_page(pmdp + PMD_ENTRIES - 1))->lru, tables);
	pmd_clear(pmdp);
	return 0;
}

/* No area reaches into [start, end). A table that translates more than that range stays. */
static void detach_tables(unsigned long start, unsigned long end, struct list_head *tables)
{
	static const struct mm_walk_ops ops = { .pmd_entry = detach_table };

	start = ALIGN(start, PMD_SIZE);
	end = ALIGN_DOWN(end, PMD_SIZE);
	if (start < end)
		walk_page_range(&init_mm, start, end, &ops, tables);
}

/* Those of all gaps between areas. Tables of upper levels stay: there is one for 512 of these. */
static void detach_all_tables(struct list_head *tables)
{
	unsigned long start = VMALLOC_START;
	struct vmap_area *area;

	list_for_each_entry(area, &vmap_area_list, list) {
		if (area->va_start == area->va_end) /* an end, or the mark: it divides no gap */
			continue;
		detach_tables(start, min(area->va_start, VMALLOC_END), tables);
		start = max(start, area->va_end);
	}
	detach_tables(start, VMALLOC_END, tables);
}

unsigned long free_empty_tables(void)
{
	struct page *page, *next;
	unsigned long n = 0;
	LIST_HEAD(tables);

	/* Under the lock, or a new area could be placed over a table that is about to be freed. */
	spin_lock(&vmap_area_lock);
	detach_all_tables(&tables);
	if (!list_empty(&tables)) {
		/* All copies of the entries first: a walk after the flush would cache one again. */
		sync_kernel_entries(VMALLOC_START, VMALLOC_END);
		/* A walker may have cached a table's address: drop it before the page is free. */
		flush_tlb_kernel_range(VMALLOC_START, VMALLOC_END);
	}
	spin_unlock(&vmap_area_lock);
	list_for_each_entry_safe(page, next, &tables, lru) {
		pte_free_kernel(page_address(page));
		n++;
	}
	return n;
}

/* How many tables, each of which covers size bytes, reach into [start, end). */
static unsigned long tables_in(unsigned long start, unsigned long end, unsigned long size)
{
	return (ALIGN(end, size) - ALIGN_DOWN(start, size)) / size;
}

static int count_missing(unsigned long addr, unsigned long next, enum pgtable_level level,
			 struct mm_walk *walk)
{
	unsigned long *n = walk->private;

	*n += tables_in(addr, next, PMD_SIZE);
	if (level < PGTABLE_LEVEL_PMD)
		*n += tables_in(addr, next, PUD_SIZE);
	if (level < PGTABLE_LEVEL_PUD)
		*n += tables_in(addr, next, PGDIR_SIZE);
	return 0;
}

unsigned long missing_tables(unsigned long start, unsigned long end)
{
	static const struct mm_walk_ops ops = { .pte_hole = count_missing };
	unsigned long n = 0;

	walk_page_range(&init_mm, start, end, &ops, &n);
	return n;
}

/* --- The reserve --- */

static unsigned long reserve(void)
{
	return max(RESERVE_MIN, totalram_pages() / RESERVE_SHARE);
}

static bool leaves_at_once(unsigned long nr, unsigned long keep)
{
	unsigned long free = nr_free_pages() - nr_free_highpages();

	return free > keep && free - keep >= nr; /* not free >= nr + keep: that sum may wrap */
}

static bool leaves(unsigned long nr, unsigned long keep)
{
	return leaves_at_once(nr, keep) || (free_empty_tables() && leaves_at_once(nr, keep));
}

/* The low pages that nr pages of a program need: those without high memory, and all tables. */
static unsigned long low_share(unsigned long nr)
{
	return nr - min(nr, nr_free_highpages()) + nr / (PMD_SIZE / PAGE_SIZE) + 1;
}

bool pages_to_spare(unsigned long nr)
{
	return leaves(nr, reserve());
}

bool pages_to_grow(unsigned long nr)
{
	return leaves(low_share(nr), reserve());
}

bool pages_to_start(unsigned long nr)
{
	return leaves(low_share(nr), reserve() / 2);
}

/* Asks the allocator itself, because holes that are too short for a stack do not count. */
bool vmalloc_space_to_spare(void)
{
	struct vm_struct *vm = __get_vm_area_node(SPARE_STACKS * THREAD_ALIGN, THREAD_ALIGN,
						  VM_ALLOC | VM_UNINITIALIZED, VMALLOC_START,
						  VMALLOC_END, GFP_KERNEL, NULL);

	if (!vm)
		return false;
	release_vm_area(vm); /* it was never mapped: nothing to flush */
	kfree(vm);
	return true;
}
