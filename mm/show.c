/* SPDX-License-Identifier: MIT */
/*
 * Prints meminfo, iomem, ioports and the memblock files in Linux's form.
 *
 * /proc/meminfo says how much memory there is and what it is used for, in kilobytes. /proc/iomem
 * and /proc/ioports are the resource tree. The files below /sys/kernel/debug/memblock are the two
 * lists. buddyinfo, slabinfo and vmallocinfo have files of their own. kernel/fs/proc_mm.c registers
 * all of them.
 *
 * Linux counterpart: fs/proc/meminfo.c; kernel/resource.c, r_show() (there four digits are enough
 * for small ports); mm/memblock.c, memblock_debug_show() (from 6.6 on it prints node and flags too)
 */
#include <asm/memlayout.h>
#include <kernel/base/seq_buf.h>
#include <mm/gfp.h>
#include <mm/memblock.h>
#include <mm/percpu.h>
#include <mm/resource.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

/* --- meminfo --- */

static void show_pages(struct seq_buf *m, const char *label, unsigned long pages)
{
	seq_buf_printf(m, "%-16s%8lu kB\n", label, pages << (PAGE_SHIFT - 10));
}

/* How many pages the kernel reaches without kmap(); printed only where that is not all. */
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
	show_pages(m, "MemAvailable:", free); /* there is no page cache that could be dropped */
	show_pages(m, "Buffers:", 0);
	show_pages(m, "Cached:", 0);
	show_pages(m, "SwapTotal:", 0);
	show_pages(m, "SwapFree:", 0);
	show_highmem(m);
	show_pages(m, "Slab:", slab_nr_pages());
	show_pages(m, "PageTables:", pgtable_nr_pages());
	show_pages(m, "VmallocTotal:", (VMALLOC_END - VMALLOC_START) >> PAGE_SHIFT);
	show_pages(m, "VmallocUsed:", vmalloc_nr_pages());
	show_pages(m, "Percpu:", pcpu_nr_pages());
}

/* --- The resource tree --- */

struct next_row {
	struct seq_buf *seq;
	struct seq_pos *pos;
	bool shown;
};

/* Rows ascend by start, and a node is in front of its children that start with it. */
static void show_resource(const struct resource *res, int depth, void *data)
{
	struct next_row *row = data;
	struct seq_pos *pos = row->pos;

	if (row->shown || res->start < pos->key ||
	    (res->start == pos->key && (unsigned int)depth < pos->sub))
		return;
	seq_buf_printf(row->seq, "%*s%08llx-%08llx : %s\n", 2 * depth, "", res->start, res->end,
		       res->name ? res->name : "<BAD>");
	*pos = (struct seq_pos){ .key = res->start, .sub = depth + 1 };
	row->shown = true;
}

bool resource_show(struct seq_buf *seq, struct seq_pos *pos, const struct resource *root)
{
	struct next_row row = { .seq = seq, .pos = pos };

	resource_for_each(root, show_resource, &row);
	return row.shown;
}

/* --- memblock --- */

bool memblock_show(struct seq_buf *seq, struct seq_pos *pos, const struct memblock_type *type)
{
	unsigned long i = pos->key; /* it changes no more when files are read */
	const struct memblock_region *region = &type->regions[i];

	if (i >= type->cnt)
		return false;
	seq_buf_printf(seq, "%4lu: 0x%016llx..0x%016llx\n", i, region->base,
		       region->base + region->size - 1);
	pos->key++;
	return true;
}
