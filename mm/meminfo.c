/* SPDX-License-Identifier: MIT */
/*
 * How much memory there is and where it went, in kilobytes: the rows of /proc/meminfo that this
 * kernel has a number for, in Linux's order and form.
 *
 * Linux counterpart: fs/proc/meminfo.c
 */
#include <asm/memlayout.h>
#include <kernel/base/seq_buf.h>
#include <mm/gfp.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

static void show_pages(struct seq_buf *m, const char *label, unsigned long pages)
{
	seq_buf_printf(m, "%-16s%8lu kB\n", label, pages << (PAGE_SHIFT - 10));
}

/* Which of the pages the kernel can reach without kmap(): of interest where that is not all. */
static void show_highmem(struct seq_buf *m)
{
	unsigned long total = totalhigh_pages(), free = nr_free_highpages();

	if (!total)
		return;
	show_pages(m, "HighTotal:", total);
	show_pages(m, "HighFree:", free);
	show_pages(m, "LowTotal:", totalram_pages() - total);
	show_pages(m, "LowFree:", nr_free_pages() - free);
}

void meminfo_show(struct seq_buf *m)
{
	unsigned long free = nr_free_pages();

	show_pages(m, "MemTotal:", totalram_pages());
	show_pages(m, "MemFree:", free);
	show_pages(m, "MemAvailable:", free); /* nothing is cached: what is used is in use */
	show_highmem(m);
	show_pages(m, "Slab:", slab_nr_pages());
	show_pages(m, "VmallocTotal:", (VMALLOC_END - VMALLOC_START) >> PAGE_SHIFT);
	show_pages(m, "VmallocUsed:", vmalloc_nr_pages());
}
