/* SPDX-License-Identifier: MIT */
/*
 * Says in words whose a virtual address is: that of an area, or else of a region.
 * Lock: that of the areas, taken inside.
 */
#include <kernel/base/panic.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <mm/describe.h>
#include <mm/regions.h>
#include <mm/vmalloc.h>

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
