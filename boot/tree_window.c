/* SPDX-License-Identifier: MIT */
/*
 * Where the device tree stays. The loader may have put it anywhere. In RAM it stays where it is,
 * also in RAM that `mem=` left out. Elsewhere, in flash or behind the RAM, it is copied: a window
 * must not show as cached memory what is none.
 *
 * Linux counterpart: unflatten_and_copy_device_tree() of drivers/of/fdt.c, which arm and arm64 do
 * not use.
 */
#include <asm/handoff.h>
#include <boot/boot.h>
#include <drivers/of/of_fdt.h>
#include <kernel/base/handoff.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/string.h>
#include <mm/fixmap.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/page.h>

/* Whole pages, with the tree at the same offset in the first as it has in the window. */
static phys_addr_t tree_phys __initdata;

void __init place_device_tree(void)
{
	const void *fdt = initial_boot_params;
	unsigned long size = fdt_totalsize(fdt), offset = (unsigned long)fdt & ~PAGE_MASK;
	void *copy;

	tree_phys = handoff.regs[HANDOFF_DTB_REG] - offset;
	if (early_init_dt_is_in_memory())
		return;
	copy = memblock_alloc(PAGE_ALIGN(offset + size), PAGE_SIZE);
	if (!copy)
		panic("no room for a copy of the device tree, %lu KiB", size >> 10);
	memcpy(copy + offset, fdt, size);
	pr_info("device tree at 0x%llx is outside of RAM: copied to 0x%llx\n", tree_phys + offset,
		__pa(copy) + offset);
	tree_phys = __pa(copy);
}

void __init narrow_device_tree_window(void)
{
	const void *fdt = initial_boot_params;
	unsigned long size = fdt_totalsize(fdt), offset = (unsigned long)fdt & ~PAGE_MASK;

	if (fixmap_narrow_fdt(fdt, size, tree_phys + offset))
		panic("no memory for the tables of the device tree's window");
	ioremap_refuse_window(
		tree_phys, tree_phys + PAGE_ALIGN(offset + size) - 1,
		"the device tree's window shows a page of the range as cached memory");
}
