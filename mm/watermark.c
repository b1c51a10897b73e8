/* SPDX-License-Identifier: MIT */
/*
 * The reserve: enough to fork and run a few programs, and a share of memory. High memory does not
 * count: most of what a program costs the kernel is lowmem.
 */
#include <asm/pgtable.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>
#include <mm/watermark.h>

#define RESERVE_MIN   (SZ_2M / PAGE_SIZE)
#define RESERVE_SHARE 64 /* one part in */
#define SPARE_STACKS  8  /* for what a shell starts, and a script */

static unsigned long reserve(void)
{
	return max(RESERVE_MIN, totalram_pages() / RESERVE_SHARE);
}

static bool leaves(unsigned long nr, unsigned long keep)
{
	unsigned long free = nr_free_pages() - nr_free_highpages();

	return free > keep && free - keep >= nr;
}

/* Of nr pages of a program, those that high memory cannot serve, and all tables. */
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

/* Asks the allocator itself: holes that are too short for a stack are of no use, however many. */
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
