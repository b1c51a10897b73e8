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

static void iomem_show(struct seq_buf *seq)
{
	resource_show(seq, &iomem_resource);
}

static void ioports_show(struct seq_buf *seq)
{
	resource_show(seq, &ioport_resource);
}

static void memblock_memory_show(struct seq_buf *seq)
{
	memblock_show(seq, &memblock.memory);
}

static void memblock_reserved_show(struct seq_buf *seq)
{
	memblock_show(seq, &memblock.reserved);
}

/* Capital letters are global symbols in Linux; ours are not told apart. */
static void kallsyms_show(struct seq_buf *seq)
{
	struct symbol symbol;
	unsigned int n;

	for (n = 0; kallsyms_nth(n, &symbol); n++)
		seq_buf_printf(seq, "%px T %s\n", (void *)symbol.start, symbol.name);
}

static const struct {
	const char *path;
	void (*show)(struct seq_buf *seq);
} mm_files[] = {
	{ "/proc/vmallocinfo", vmallocinfo_show },
	{ "/proc/iomem", iomem_show },
	{ "/proc/ioports", ioports_show },
	{ "/proc/meminfo", meminfo_show },
	{ "/proc/buddyinfo", buddyinfo_show },
	{ "/proc/slabinfo", slabinfo_show },
	{ "/proc/kallsyms", kallsyms_show },
	{ "/sys/kernel/debug/kernel_page_tables", ptdump_show },
	{ "/sys/kernel/debug/memblock/memory", memblock_memory_show },
	{ "/sys/kernel/debug/memblock/reserved", memblock_reserved_show },
};

static int __init proc_mm_init(void)
{
	size_t i;
	int error = 0;

	for (i = 0; i < ARRAY_SIZE(mm_files) && !error; i++)
		error = proc_create_show(mm_files[i].path, mm_files[i].show);
	return error;
}
fs_initcall(proc_mm_init);
