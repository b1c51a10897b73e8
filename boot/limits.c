/* SPDX-License-Identifier: MIT */
/*
 * `mem=SIZE`: pretend that the machine has less memory. Where the limit cuts the initramfs off, the
 * 2 MiB blocks that it lies in stay memory: without it there is no boot.
 *
 * Linux counterpart: arch/arm64/mm/init.c (early_mem, arm64_memblock_init)
 */
#include <asm/memory.h>
#include <boot/boot.h>
#include <drivers/of/of_fdt.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/sizes.h>
#include <mm/memblock.h>

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

/* Takes back the blocks of [start, end), reserved: the tree and what else lies there stays, too. */
static void __init keep_initrd(phys_addr_t start, phys_addr_t end, phys_addr_t end_of_ram)
{
	start = round_down(start, (phys_addr_t)SZ_2M);
	end = min(round_up(end, (phys_addr_t)SZ_2M), end_of_ram);
	memblock_add(start, end - start);
	memblock_reserve(start, end - start);
}

void __init apply_mem_limit(void)
{
	phys_addr_t end_of_ram = memblock_end_of_DRAM(), start, end;
	bool initrd_is_ram;

	if (!mem_limit)
		return;
	initrd_is_ram = early_init_dt_initrd(&start, &end) &&
			memblock_is_region_memory(start, end - start);
	memblock_enforce_memory_limit(mem_limit);
	if (initrd_is_ram && !memblock_is_region_memory(start, end - start))
		keep_initrd(start, end, end_of_ram);
	pr_info("Memory limited to %llu KiB by mem=\n", memblock_phys_mem_size() >> 10);
}

void __init check_kernel_in_memory(void)
{
	phys_addr_t start = __pa(_text), end = start + (_end - _text);

	if (!memblock_is_region_memory(start, end - start))
		panic("the kernel, at 0x%llx-0x%llx, lies outside the memory that is used: a wrong "
		      "device tree, or mem= is too small",
		      start, end - 1);
}
