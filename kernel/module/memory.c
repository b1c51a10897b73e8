/* SPDX-License-Identifier: MIT */
/*
 * The memory of a module, and what may be done with it.
 *
 * Module space lies where a branch reaches from there to all code of the kernel. It is small, so a
 * module that does not fit goes to vmalloc space, where its branches need veneers. Each area is a
 * vmalloc area, with a row of its own in vmallocinfo.
 *
 * An area is filled while it is writable and not executable. Then code becomes read-only and
 * executable, and constants become read-only. A change of an entry goes by way of an empty one
 * (break before make): nothing uses the area yet.
 *
 * Linux counterpart: arch/<name>/kernel/module.c (module_alloc), kernel/module/strict_rwx.c
 */
#include <asm/cacheflush.h>
#include <kernel/base/sections.h>
#include <kernel/lib/macros.h>
#include <kernel/module/loader.h>
#include <kernel/smp.h>
#include <mm/gfp.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>
#include <mm/watermark.h>

/* The lowest address from which a branch reaches the end of the kernel's code. */
static unsigned long near_start(void)
{
	return max(MODULES_VADDR, (unsigned long)_etext - BRANCH_RANGE);
}

static void *alloc_between(unsigned long start, unsigned long end, unsigned long size,
			   const void *caller)
{
	return __vmalloc_node_range(size, 1, start, end, GFP_KERNEL | __GFP_ZERO, PAGE_KERNEL, 0,
				    NUMA_NO_NODE, caller);
}

noinline void *module_alloc(unsigned long size)
{
	const void *caller = __builtin_return_address(0);
	void *base;

	if (!pages_to_spare(size >> PAGE_SHIFT)) /* a large .bss is a few bytes of the file */
		return NULL;
	base = alloc_between(near_start(), MODULES_END, size, caller);
	return base ? base : alloc_between(MODULES_FAR_START, MODULES_FAR_END, size, caller);
}

void module_memfree(void *base)
{
	vfree(base);
}

/* Bytes [from, to) of an area, whole pages. The tables are there, so this can hardly fail. */
static int set_protection(const struct module_area *area, unsigned long from, unsigned long to,
			  pgprot_t prot)
{
	struct vm_struct *vm = find_vm_area(area->base);
	unsigned long base = (unsigned long)area->base;

	if (from == to)
		return 0;
	vunmap_range(base + from, base + to);
	return vmap_pages_range(base + from, base + to, prot, vm->pages + (from >> PAGE_SHIFT),
				PAGE_SHIFT);
}

int protect_area(const struct module_area *area)
{
	unsigned long base = (unsigned long)area->base;
	int err;

	/* While the addresses are still those that the code was written by. */
	flush_icache_range(base, base + area->text_size);
	err = set_protection(area, 0, area->text_size, PAGE_KERNEL_ROX);
	err = err ?: set_protection(area, area->text_size, area->ro_size, PAGE_KERNEL_RO);
	/* Others may have fetched ahead what was at these addresses: an interrupt drops that. */
	kick_all_cpus_sync();
	return err;
}
