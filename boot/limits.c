/* SPDX-License-Identifier: MIT */
/*
 * How much of the memory that the device tree names is used: no more than `mem=SIZE`, and nothing
 * that costs more than it is worth. What the loader left in the rest is still read: the device tree
 * through its window, the initramfs by initrd.c.
 *
 * Linux counterpart: arch/arm64/mm/init.c (early_mem, arm64_memblock_init)
 */
#include <asm/memory.h>
#include <asm/pgtable.h>
#include <boot/boot.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/macros.h>
#include <mm/memblock.h>
#include <mm/page.h>

static phys_addr_t mem_limit;

static int __init mem_setup(char *value)
{
	char *end;
	phys_addr_t limit = memparse(value, &end);

	if (end == value || *end || !limit)
		return -EINVAL;
	mem_limit = limit;
	return 0;
}
early_param("mem", mem_setup);

phys_addr_t __init kernel_phys_start(void)
{
	return min(__pa(swapper_pg_dir), __pa(_text));
}

static void __init check_kernel(const char *reason)
{
	phys_addr_t start = kernel_phys_start(), end = __pa(_end);

	/* All of it is in one region, or none: a region has one set of flags. */
	if (!memblock_is_region_memory(start, end - start) || !memblock_is_map_memory(start))
		panic("the kernel, at 0x%llx-0x%llx, lies outside the memory that is used: %s",
		      start, end - 1, reason);
}

void __init check_kernel_in_memory(void)
{
	check_kernel("the device tree is not this machine's");
}

void __init apply_mem_limit(void)
{
	if (!mem_limit)
		return;
	memblock_enforce_memory_limit(mem_limit);
	pr_info("Memory limited to %llu KiB by mem=\n", memblock_phys_mem_size() >> 10);
	check_kernel("mem= is too small");
}

/* A struct page for every page between the first and the last, holes included. */
static u64 __init mem_map_size(void)
{
	u64 span = memblock_end_of_DRAM() - memblock_start_of_DRAM();

	return (span >> PAGE_SHIFT) * sizeof(struct page);
}

/* Memory that needs more than a quarter of it all for mem_map is not worth having. */
void __init leave_out_far_memory(void)
{
	const struct memblock_region *last;

	while (mem_map_size() > memblock_phys_mem_size() >> 2) {
		last = &memblock.memory.regions[memblock.memory.cnt - 1];
		memblock_leave_out(last->base, last->base + last->size,
				   "it is too far from the rest for one mem_map");
		check_kernel("it was loaded far from most memory");
	}
}

void __init memblock_summary(void)
{
	if (memblock_debug)
		memblock_dump_all();
	else
		pr_info("memblock: 0x%llx bytes, 0x%llx reserved (memblock=debug)\n",
			memblock.memory.total_size, memblock.reserved.total_size);
}
