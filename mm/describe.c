/* SPDX-License-Identifier: MIT */
/* Address to owner: a table of ranges, then the vm areas. Lock: that of the vm areas, inside. */
#include <asm/memlayout.h>
#include <kernel/base/panic.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <mm/describe.h>
#include <mm/fixmap.h>
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
	const struct {
		const char *name;
		unsigned long start, end;
	} ranges[] = {
		{ "the first page: a NULL pointer", 0, PAGE_SIZE },
		{ "user space", PAGE_SIZE, TASK_SIZE },
		{ "kernel code", (unsigned long)_text, (unsigned long)_etext },
		{ "kernel read-only data", (unsigned long)__start_rodata,
		  (unsigned long)__end_rodata },
		{ "boot's own memory, freed", (unsigned long)__init_begin,
		  (unsigned long)__init_end },
		{ "kernel data", (unsigned long)_sdata, (unsigned long)_end },
		{ "lowmem", PAGE_OFFSET, (unsigned long)high_memory },
		{ "a fixmap slot", FIXADDR_TOT_START, FIXADDR_TOP + PAGE_SIZE },
		{ "module space", MODULES_VADDR, MODULES_END },
		{ "vmalloc space, where nothing is mapped", VMALLOC_START, VMALLOC_END },
	};
	const struct vm_struct *area;
	const char *name;
	unsigned int i;

	area = find_owner(addr);
	if (area) {
		describe_area(s, area, addr);
		return;
	}
	name = arch_region_name(addr);
	for (i = 0; !name && i < ARRAY_SIZE(ranges); i++)
		if (addr >= ranges[i].start && addr < ranges[i].end)
			name = ranges[i].name;
	seq_buf_puts(s, name ?: "nothing");
}
