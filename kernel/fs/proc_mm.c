/* SPDX-License-Identifier: MIT */
/*
 * Where mm's listings get their names: mm makes the text and knows no files, this table makes the
 * files.
 *
 * Linux counterpart: the proc_create() and debugfs_create_file() calls spread over mm/
 */

#include <kernel/base/initcall.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/symbols.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/lib/macros.h>
#include <mm/gfp.h>
#include <mm/memblock.h>
#include <mm/ptdump.h>
#include <mm/resource.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

static bool iomem_show(struct seq_buf *seq, struct seq_pos *pos)
{
	return resource_show(seq, pos, &iomem_resource);
}

static bool ioports_show(struct seq_buf *seq, struct seq_pos *pos)
{
	return resource_show(seq, pos, &ioport_resource);
}

static bool memblock_memory_show(struct seq_buf *seq, struct seq_pos *pos)
{
	return memblock_show(seq, pos, &memblock.memory);
}

static bool memblock_reserved_show(struct seq_buf *seq, struct seq_pos *pos)
{
	return memblock_show(seq, pos, &memblock.reserved);
}

/* Texts of a few lines. */
static const struct {
	const char *path;
	void (*show)(struct seq_buf *seq);
} mm_texts[] = {
	{ "/proc/meminfo", meminfo_show },
	{ "/proc/buddyinfo", buddyinfo_show },
	{ "/proc/slabinfo", slabinfo_show },
};

static const struct {
	const char *path;
	show_row_t *show_row;
} mm_lists[] = {
	{ "/proc/vmallocinfo", vmallocinfo_show },
	{ "/proc/iomem", iomem_show },
	{ "/proc/ioports", ioports_show },
	{ "/proc/kallsyms", kallsyms_show },
	{ "/sys/kernel/debug/kernel_page_tables", ptdump_show },
	{ "/sys/kernel/debug/memblock/memory", memblock_memory_show },
	{ "/sys/kernel/debug/memblock/reserved", memblock_reserved_show },
};

static int __init proc_mm_init(void)
{
	size_t i;
	int error = 0;

	for (i = 0; i < ARRAY_SIZE(mm_texts) && !error; i++)
		error = proc_create_single(mm_texts[i].path, mm_texts[i].show);
	for (i = 0; i < ARRAY_SIZE(mm_lists) && !error; i++)
		error = proc_create_seq(mm_lists[i].path, mm_lists[i].show_row);
	return error;
}
fs_initcall(proc_mm_init);
