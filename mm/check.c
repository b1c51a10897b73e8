/* SPDX-License-Identifier: MIT */
/*
 * Runs all checks of mm/check.h, and counts what is in use.
 */
#include <kernel/lib/macros.h>
#include <mm/address_space.h>
#include <mm/check.h>
#include <mm/gfp.h>
#include <mm/pagewalk.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

#define CACHES 16 /* at least as many as kmalloc has */

struct mm_check mm_check(void)
{
	static void (*const checks[])(struct mm_check *check) = {
		check_areas,
		check_tables,
		check_free_pages,
		check_slabs,
	};
	struct mm_check check = { NULL };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(checks) && !check.error; i++)
		checks[i](&check);
	return check;
}

static void count_table(void *table, enum pgtable_level level, struct mm_walk *walk)
{
	++*(unsigned long *)walk->private;
}

/* Pages that are tables of vmalloc space. */
static unsigned long count_tables(void)
{
	static const struct mm_walk_ops ops = { .leave_table = count_table };
	unsigned long n = 0;

	walk_page_range(&init_mm, VMALLOC_START, VMALLOC_END, &ops, &n);
	return n;
}

static unsigned long sum_areas(void)
{
	const struct vmap_area *va;
	unsigned long sum = 0;

	spin_lock(&vmap_area_lock);
	list_for_each_entry(va, &vmap_area_list, list)
		if (va->va_end > va->va_start) /* the mark of the allocator may move */
			sum = sum * 31 + va->va_start + va->va_end * 7;
	spin_unlock(&vmap_area_lock);
	return sum;
}

struct mm_census mm_take_census(void)
{
	unsigned long slabs = slab_nr_pages();

	return (struct mm_census){
		.areas = sum_areas(),
		.pages = nr_free_pages() + count_tables() + slabs,
		.slabs = slabs,
	};
}

const char *mm_compare_census(const struct mm_census *before, const struct mm_census *after)
{
	if (after->areas != before->areas)
		return "the areas are not as before";
	if (after->pages != before->pages || after->slabs > before->slabs + CACHES)
		return "not all pages were freed";
	return NULL;
}
