/* SPDX-License-Identifier: MIT */
/*
 * `mem=SIZE`: pretend that the machine has less memory. Linux counterpart: arch/arm64/mm/init.c
 * (early_mem)
 */
#include <boot/boot.h>
#include <kernel/base/init.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <mm/memblock.h>

static phys_addr_t mem_limit;

static int __init mem_setup(char *value)
{
	char *end;

	mem_limit = memparse(value, &end);
	return end == value || *end ? -EINVAL : 0;
}
early_param("mem", mem_setup);

void __init apply_mem_limit(void)
{
	if (!mem_limit)
		return;
	memblock_enforce_memory_limit(mem_limit);
	pr_info("Memory limited to %llu KiB by mem=\n", memblock_phys_mem_size() >> 10);
}
