/* SPDX-License-Identifier: MIT */
/*
 * The address space in words: its regions, as boot prints them, and the owner of an address, which
 * is an area, or else a region. Lock: that of the areas, taken inside.
 *
 * Linux counterpart: mem_init() in arch/arm/mm/init.c, which printed the layout until 5.0
 */
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <mm/describe.h>
#include <mm/mm_init.h>
#include <mm/regions.h>
#include <mm/vmalloc.h>

#define ADDR_WIDTH ((int)(2 * sizeof(long)))

/* --- Regions --- */

const struct region *find_region(unsigned long addr)
{
	const struct region *region, *found = NULL;

	for_each_region(region)
		if (addr >= region->start && addr < region->end)
			found = region;
	return found;
}

/* Sizes are printed in the largest unit that leaves no remainder, down to kB. */
static const struct {
	unsigned long size;
	const char *name;
} units[] = {
	{ SZ_1G, "GB" },
	{ SZ_1M, "MB" },
	{ SZ_1K, "kB" },
};

static void print_row(const struct region *region)
{
	unsigned long size = region->end - region->start;
	unsigned int i = 0;

	while (i < ARRAY_SIZE(units) - 1 && size % units[i].size)
		i++;
	pr_info("  %9s : 0x%0*lx - 0x%0*lx   (%6lu %s)\n", region->name, ADDR_WIDTH, region->start,
		ADDR_WIDTH, region->end, size / units[i].size, units[i].name);
}

void mem_layout_show(void)
{
	const struct region *region;

	pr_info("Virtual kernel memory layout:\n");
	for_each_region(region)
		if (region->name)
			print_row(region);
}

/* --- The owner of an address --- */

static bool is_guard_page(const struct vm_struct *area, unsigned long addr)
{
	return addr - (unsigned long)area->addr >= get_vm_area_size(area);
}

static void describe_area(struct seq_buf *s, const struct vm_struct *area, unsigned long addr)
{
	unsigned long offset = addr - (unsigned long)area->addr;

	if (is_guard_page(area, addr))
		seq_buf_puts(s, "the guard page of ");
	seq_buf_printf(s, "0x%lx-0x%lx %pS", (unsigned long)area->addr,
		       (unsigned long)area->addr + area->size, area->caller);
	if (area->phys_addr && !is_guard_page(area, addr))
		seq_buf_printf(s, ", physical 0x%llx", area->phys_addr + offset);
}

/*
 * The area of an address, or NULL. The image lies among the areas on one architecture: its names
 * say more than its rows. A fault report may interrupt whoever holds the areas' lock, and must not
 * wait for it.
 */
static const struct vm_struct *find_owner(unsigned long addr)
{
	if (addr >= (unsigned long)_text && addr < (unsigned long)_end)
		return NULL;
	return oops_in_progress && spin_is_locked(&vmap_area_lock) ? NULL
								   : find_vm_area((void *)addr);
}

void describe_address(struct seq_buf *s, unsigned long addr)
{
	const struct vm_struct *area = find_owner(addr);
	const struct region *region = find_region(addr);

	if (area)
		describe_area(s, area, addr);
	else
		seq_buf_puts(s, region ? region->sentence : "nothing");
}
