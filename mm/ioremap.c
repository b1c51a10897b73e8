/* SPDX-License-Identifier: MIT */
/*
 * ioremap and iounmap: decide, find a place, fill it; and the way back.
 *
 * Two rules keep this safe. RAM is never mapped again as device memory: two attributes for one page
 * let caches and buffers disagree, so the whole range is checked, not just its first page. And an
 * address range changes owner only after its translations are gone from every TLB.
 *
 * Linux counterpart: arch/arm/mm/ioremap.c, arch/arm64/mm/ioremap.c, mm/ioremap.c. Linux 6.1 looks
 * for RAM at the first page only, and leaves the TLB flush of iounmap for later.
 */
#include <asm/memlayout.h>
#include <kernel/base/bug.h>
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/slab.h>
#include <mm/static_vm.h>
#include <mm/vmalloc.h>

/* --- The plan --- */

static bool is_ram(const struct memblock_region *region)
{
	return region && !(region->flags & MEMBLOCK_NOMAP);
}

/*
 * The first region of mapped memory that [phys, phys + size) meets, or NULL. The first page is
 * looked up by binary search; the regions behind it matter only if the range reaches one of them.
 */
static const struct memblock_region *find_ram(phys_addr_t phys, phys_addr_t size)
{
	const struct memblock_region *region = memblock_search_region(phys);

	if (is_ram(region))
		return region;
	for_each_mem_region(region)
		if (is_ram(region) && region->base > phys && region->base - phys < size)
			return region;
	return NULL;
}

static bool leaf_fits(const struct leaf_type *leaf, unsigned long addr, phys_addr_t phys,
		      unsigned long size)
{
	unsigned long whole = leaf->needs & LEAF_WHOLE_RANGE ? size : 0;

	return size >= leaf->size && phys >= leaf->min_phys &&
	       IS_ALIGNED(addr | phys | whole, leaf->size);
}

const struct leaf_type *pick_leaf(unsigned long addr, phys_addr_t phys, unsigned long size,
				  unsigned long *run)
{
	const struct leaf_type *leaf = leaf_types, *larger;

	while (leaf->size > PAGE_SIZE && !leaf_fits(leaf, addr, phys, size))
		leaf++;
	*run = size & ~(leaf->size - 1);
	larger = leaf - 1;
	if (leaf > leaf_types && !(larger->needs & LEAF_WHOLE_RANGE) &&
	    IS_ALIGNED(addr ^ phys, larger->size))
		*run = min(*run, ALIGN(addr + 1, larger->size) - addr);
	return leaf;
}

static const char *find_refusal(struct ioremap_plan *plan, phys_addr_t phys, size_t size)
{
	if (!size)
		return "the size is 0";
	if (phys + size - 1 < phys)
		return "the range wraps around the end of the physical address space";
	if (plan->size < size)
		return "the size is larger than the address space";
	if (!plan->type)
		return "unknown memory type";
	if (!mem_type_is_io(plan->mtype))
		return "that memory type is for the kernel's own memory, not for I/O";
	plan->ram = find_ram(plan->phys, plan->size);
	if (plan->ram)
		return "the range meets RAM, which has a pointer already";
	return arch_ioremap_refusal(plan->phys, plan->size);
}

void ioremap_plan(struct ioremap_plan *plan, phys_addr_t phys, size_t size, unsigned int mtype)
{
	unsigned long offset = phys & ~PAGE_MASK, run;

	*plan = (struct ioremap_plan){
		.phys = phys - offset,
		.offset = offset,
		.size = PAGE_ALIGN(offset + size),
		.mtype = mtype,
		.type = get_mem_type(mtype),
	};
	plan->refusal = find_refusal(plan, phys, size);
	if (plan->refusal)
		return;
	plan->static_vm = find_static_vm_paddr(plan->phys, plan->size, mtype);
	if (!plan->static_vm) /* the area will be aligned at least as well as address 0 needs */
		plan->leaf = pick_leaf(0, plan->phys, plan->size, &run);
}

/* --- The act --- */

static int map_area(const struct vm_struct *area, const struct ioremap_plan *plan)
{
	unsigned long addr = (unsigned long)area->addr, left = plan->size, run;
	phys_addr_t phys = plan->phys;
	int err = 0;

	for (; left && !err; addr += run, phys += run, left -= run)
		err = pick_leaf(addr, phys, left, &run)->map(addr, phys, run, plan->type);
	return err;
}

void __iomem *__ioremap_caller(phys_addr_t phys, size_t size, unsigned int mtype,
			       const void *caller)
{
	struct ioremap_plan plan;
	struct vm_struct *area;
	unsigned long addr;

	ioremap_plan(&plan, phys, size, mtype);
	WARN(plan.ram, "ioremap: 0x%llx+0x%zx meets RAM 0x%llx-0x%llx; caller %pS", phys, size,
	     plan.ram->base, plan.ram->base + plan.ram->size - 1, caller);
	if (plan.refusal)
		return NULL;
	if (plan.static_vm) {
		addr = (unsigned long)plan.static_vm->vm.addr;
		addr += plan.phys - plan.static_vm->vm.phys_addr;
		return (void __iomem *)(addr + plan.offset);
	}

	area = get_vm_area_caller(plan.size, VM_IOREMAP | plan.leaf->vm_flags, caller);
	if (!area)
		return NULL;
	area->phys_addr = plan.phys;
	if (map_area(area, &plan)) {
		free_vm_area(area);
		return NULL;
	}
	return (void __iomem *)((unsigned long)area->addr + plan.offset);
}

void __iomem *(*arch_ioremap_caller)(phys_addr_t phys, size_t size, unsigned int mtype,
				     const void *caller) = __ioremap_caller;

void __iomem *ioremap(phys_addr_t phys, size_t size)
{
	return arch_ioremap_caller(phys, size, MT_IOREMAP, __builtin_return_address(0));
}

void __iomem *ioremap_nocache(phys_addr_t phys, size_t size)
{
	return arch_ioremap_caller(phys, size, MT_IOREMAP, __builtin_return_address(0));
}

void __iomem *ioremap_wc(phys_addr_t phys, size_t size)
{
	return arch_ioremap_caller(phys, size, MT_IOREMAP_WC, __builtin_return_address(0));
}

void __iomem *ioremap_wt(phys_addr_t phys, size_t size)
{
	return arch_ioremap_caller(phys, size, MT_IOREMAP_WT, __builtin_return_address(0));
}

void __iomem *ioremap_cache(phys_addr_t phys, size_t size)
{
	return arch_ioremap_caller(phys, size, MT_IOREMAP_CACHE, __builtin_return_address(0));
}

/* --- The way back --- */

/* Clears what the generic way back does not know how to clear. */
static void unmap_special(const struct vm_struct *area)
{
	const struct leaf_type *leaf = leaf_types;

	while (leaf->size > PAGE_SIZE && !(leaf->vm_flags & area->flags))
		leaf++;
	if (leaf->unmap)
		leaf->unmap((unsigned long)area->addr, area->size);
}

void __iounmap(volatile void __iomem *io_addr)
{
	void *addr = (void *)((unsigned long)io_addr & PAGE_MASK);
	struct vm_struct *area;

	if (find_static_vm_vaddr(addr))
		return;
	area = find_vm_area(addr);
	if (WARN(!area || area->addr != addr || !(area->flags & VM_IOREMAP),
		 "iounmap: 0x%lx is not the start of an ioremap area", (unsigned long)io_addr))
		return;
	unmap_special(area);
	kfree(remove_vm_area(addr));
}

void (*arch_iounmap)(volatile void __iomem *addr) = __iounmap;

void iounmap(volatile void __iomem *addr)
{
	arch_iounmap(addr);
}
