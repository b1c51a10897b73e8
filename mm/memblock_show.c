/* SPDX-License-Identifier: MIT */
/*
 * A memblock list as text, for debugfs. Apart from memblock.c, which needs nothing but memory and
 * printk.
 *
 * Linux counterpart: mm/memblock.c, memblock_debug_show() (from 6.6 on it prints node and flags
 * too).
 */
#include <mm/memblock.h>

#include <kernel/base/seq_buf.h>

void memblock_show(struct seq_buf *seq, const struct memblock_type *type)
{
	unsigned long i;

	for (i = 0; i < type->cnt; i++) {
		const struct memblock_region *region = &type->regions[i];

		seq_buf_printf(seq, "%4lu: 0x%016llx..0x%016llx\n", i, region->base,
			       region->base + region->size - 1);
	}
}
