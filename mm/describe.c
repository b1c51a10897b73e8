/* SPDX-License-Identifier: MIT */
/*
 * Prints the layout of the address space, and names the owner of an address.
 *
 * The owner is an area, a mapping of the running program, or else a region. Takes the lock of the
 * areas.
 *
 * Linux counterpart: mem_init() in arch/arm/mm/init.c, which printed the layout until 5.0
 */
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/symbols.h>
#include <kernel/lib/macros.h>
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

void regions_init_freed(void)
{
	struct region *region;

	for_each_region(region)
		if (region->start == (unsigned long)__init_begin &&
		    region->end == (unsigned long)__init_end)
			region->sentence = "boot's own memory, freed";
}

static const char *const units[] = { "KiB", "MiB", "GiB", "TiB" };

/* Prints a number of bytes with at most four digits and a unit; exactly, where that is possible. */
static void print_size(struct seq_buf *s, unsigned long bytes)
{
	unsigned long size = DIV_ROUND_UP(bytes, 1024);
	unsigned int i = 0;

	while (i < ARRAY_SIZE(units) - 1 && size && (size % 1024 == 0 || size > 9999)) {
		size = (size + 512) / 1024;
		i++;
	}
	seq_buf_printf(s, "%4lu %s", size, units[i]);
}

/* Bytes between two rows that no row names, drawn as a broken frame. */
static void print_hole(unsigned long bytes)
{
	char text[16];
	struct seq_buf s;

	seq_buf_init(&s, text, sizeof(text));
	print_size(&s, bytes);
	pr_info(" :%*s :\n", 9 + 2 * (3 + 2 + ADDR_WIDTH) + 1 + 8, text);
}

static void print_row(const struct region *region)
{
	char text[16];
	struct seq_buf s;

	seq_buf_init(&s, text, sizeof(text));
	print_size(&s, region->end - region->start);
	pr_info(" |%9s : 0x%0*lx - 0x%0*lx %s |\n", region->name, ADDR_WIDTH, region->start,
		ADDR_WIDTH, region->end, text);
}

/* From the top down, as in asm/memlayout.h; the parts of the image come last. */
void mem_layout_show(void)
{
	const struct region *region, *above = NULL;

	pr_info("Virtual kernel memory layout, from the top:\n");
	for_each_region(region) {
		if (!region->name)
			continue;
		if (above && above->start > region->end && region->name[0] != '.')
			print_hole(above->start - region->end);
		if (above && above->name[0] != '.' && region->name[0] == '.')
			pr_info(" the kernel image:\n");
		print_row(region);
		above = region;
	}
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
 * A copy of the record of an address; false when it is in no area. On arm64 the image lies among
 * the areas, but its regions have better names. A fault report may interrupt the holder of the
 * areas' lock, so it must not wait.
 */
static bool read_owner(unsigned long addr, struct vm_struct *area)
{
	if (addr >= (unsigned long)_text && addr < (unsigned long)_end)
		return false;
	if (oops_in_progress && spin_is_locked(&vmap_area_lock))
		return false;
	return read_vm_area((void *)addr, area);
}

/* Set by an upper floor, which knows which program runs. */
static bool (*user_mapping)(struct seq_buf *s, unsigned long addr);

void describe_set_user_mapping(bool (*fn)(struct seq_buf *s, unsigned long addr))
{
	user_mapping = fn;
}

static bool describe_user(struct seq_buf *s, unsigned long addr)
{
	return addr < TASK_SIZE && user_mapping && user_mapping(s, addr);
}

void describe_address(struct seq_buf *s, unsigned long addr)
{
	const struct region *region = find_region(addr);
	struct vm_struct area;

	if (describe_module(s, addr))
		return;
	if (read_owner(addr, &area))
		describe_area(s, &area, addr);
	else if (!describe_user(s, addr))
		seq_buf_puts(s, region ? region->sentence : "nothing");
}
