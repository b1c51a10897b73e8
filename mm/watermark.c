/* SPDX-License-Identifier: MIT */
/*
 * The reserve: enough to fork and run a few programs, and a share of memory. High memory does not
 * count: most of what a program costs the kernel is lowmem.
 */
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/watermark.h>

#define RESERVE_MIN   (SZ_2M / PAGE_SIZE)
#define RESERVE_SHARE 64 /* one part in */

bool pages_to_spare(unsigned long nr)
{
	unsigned long reserve = max(RESERVE_MIN, totalram_pages() / RESERVE_SHARE);
	unsigned long free = nr_free_pages() - nr_free_highpages();

	return free > reserve && free - reserve >= nr;
}
