/* SPDX-License-Identifier: MIT */
/*
 * Maps device registers: makes a plan, reserves an area, fills it, and later takes it back.
 *
 * Two rules keep this safe. RAM is never mapped again as device memory, because caches and buffers
 * may disagree about a page that has two memory types. So the whole range is checked, not just its
 * first page. And an address range changes owner only after every TLB has dropped its translations.
 *
 * Linux counterpart: arch/arm/mm/ioremap.c, arch/arm64/mm/ioremap.c, mm/ioremap.c. Linux 6.1 looks
 * for RAM at the first page only, and leaves the TLB flush of iounmap for later.
 */
#include <asm/memlayout.h>
#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/slab.h>
#include <mm/static_vm.h>
#include <mm/vmap_range.h>

/* --- The plan --- */

const struct mem_type *get_mem_type(unsigned int type)
{
	return type < NR_MEM_TYPES && mem_types[type].name ? &mem_types[type] : NULL;
}

/* Not the end of a range, which may be 2^64 and wrap to 0. */
static __always_inline phys_addr_t last_byte(phys_addr_t phys, phys_addr_t size)
{
	return phys + (size - 1);
}

/*
 * Returns the first region of mapped memory that [phys, phys + size) meets, or NULL. memblock's
 * regions ascend. A binary search finds the first one that ends above phys; the loop then looks at
 * regions that begin inside the range. Linux 6.1 looks at the first page only, and so maps a range
 * whose later pages are RAM.
 */
static __always_inline const struct memblock_region *find_ram(phys_addr_t phys, phys_addr_t size)
{
	const struct memblock_region *regions = memblock.memory.regions;
	phys_addr_t last = last_byte(phys, size);
	unsigned long low = 0, high = memblock.memory.cnt;

	if (last < regions[0].base) /* below all RAM, as most devices are */
		return NULL;
	while (low < high) {
		unsigned long middle = (low + high) / 2;

		if (regions[middle].base + regions[middle].size <= phys)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < memblock.memory.cnt && regions[low].base <= last; low++)
		if (!(regions[low].flags & MEMBLOCK_NOMAP))
			return &regions[low];
	return NULL;
}

static bool leaf_fits(const struct leaf_type *leaf, unsigned long addr, phys_addr_t phys,
		      unsigned long size)
{
	unsigned long whole;

	if (size < leaf->size || phys < leaf->min_phys)
		return false;
	whole = leaf->needs & LEAF_WHOLE_RANGE ? size : 0;
	return IS_ALIGNED(addr | phys | whole, leaf->size);
}

/* The last row. */
#define page_leaf (&leaf_types[NR_LEAF_TYPES - 1])

__always_inline const struct leaf_type *pick_leaf(unsigned long addr, phys_addr_t phys,
						  unsigned long size, unsigned long *run)
{
	const struct leaf_type *leaf = page_leaf, *larger = leaf - 1;

	*run = size;
	if (NR_LEAF_TYPES == 1 || size < larger->size) /* most devices are smaller */
		return leaf;
	for (leaf = leaf_types; leaf < page_leaf; leaf++)
		if (leaf_fits(leaf, addr, phys, size))
			break;
	*run = size & ~(leaf->size - 1);
	larger = leaf - 1;
	/* Up to the address at which the larger leaf fits, if there is one. */
	if (leaf > leaf_types && size > larger->size && !(larger->needs & LEAF_WHOLE_RANGE) &&
	    IS_ALIGNED(addr ^ phys, larger->size))
		*run = min(*run, ALIGN(addr + 1, larger->size) - addr);
	return leaf;
}

/*
 * A range that the kernel maps as cached memory, whether memblock has it or not. __used, or Clang
 * makes three variables of it, which GDB's `mc explain` would not find.
 */
static struct {
	phys_addr_t start, last;
	const char *refusal; /* NULL: there is no such range */
} cached_window __used;

void __init ioremap_refuse_window(phys_addr_t start, phys_addr_t last, const char *refusal)
{
	BUG_ON(cached_window.refusal);
	cached_window.start = start;
	cached_window.last = last;
	cached_window.refusal = refusal;
}

static __always_inline const char *find_refusal(struct ioremap_plan *plan, phys_addr_t phys,
						size_t size)
{
	if (!size)
		return "the size is 0";
	if (last_byte(phys, size) < phys)
		return "the range wraps around the end of the physical address space";
	if (plan->size < size) /* rounding up to pages wrapped: a few pages would be mapped */
		return "the size is larger than the address space";
	if (!plan->type)
		return "unknown memory type";
	if (!mem_type_is_io(plan->mtype))
		return "that memory type is for the kernel's own memory, not for I/O";
	plan->ram = find_ram(plan->phys, plan->size);
	if (plan->ram)
		return "the range meets RAM, which has a pointer already";
	if (cached_window.refusal && last_byte(plan->phys, plan->size) >= cached_window.start &&
	    plan->phys <= cached_window.last)
		return cached_window.refusal;
	if (last_byte(plan->phys, plan->size) < phys_addr_limit)
		return NULL;
	return arch_ioremap_refusal(plan->phys, plan->size);
}

/*
 * Plans the mapping of a range that no static mapping contains. Inlined with all its parts, so that
 * ioremap()'s plan lives in registers.
 */
static __always_inline void plan_new_mapping(struct ioremap_plan *plan, phys_addr_t phys,
					     size_t size, unsigned int mtype)
{
	unsigned long offset = phys & ~PAGE_MASK;

	plan->phys = phys - offset;
	plan->offset = offset;
	plan->size = PAGE_ALIGN(offset + size);
	plan->mtype = mtype;
	plan->type = get_mem_type(mtype);
	plan->static_vm = NULL;
	plan->ram = NULL;
	plan->leaf = NULL;
	plan->refusal = find_refusal(plan, phys, size);
	/* The area will be aligned for the largest leaf that fits, as address 0 is. */
	if (!plan->refusal)
		plan->leaf = pick_leaf(0, plan->phys, plan->size, &plan->run);
}

void ioremap_plan(struct ioremap_plan *plan, phys_addr_t phys, size_t size, unsigned int mtype)
{
	plan_new_mapping(plan, phys, size, mtype);
	plan->static_vm = find_static_vm_paddr(phys, size, mtype);
	if (plan->static_vm) { /* nothing new is mapped, so nothing can refuse it */
		plan->refusal = NULL;
		plan->leaf = NULL;
	}
}

/* --- The act --- */

/* Maps a run of leaves of one kind. */
static __always_inline int map_leaves(const struct leaf_type *leaf, unsigned long addr,
				      phys_addr_t phys, unsigned long size,
				      const struct mem_type *type)
{
	if (leaf == page_leaf) /* called by name, because most devices are mapped so */
		return ioremap_page_range(addr, addr + size, phys, type->prot_pte);
	return leaf->map(addr, phys, size, type);
}

/* Maps what follows the first run of an area. */
static noinline int map_rest(unsigned long addr, phys_addr_t phys, unsigned long size,
			     const struct mem_type *type)
{
	const struct leaf_type *leaf;
	unsigned long run;
	int err = 0;

	for (; !err && size; addr += run, phys += run, size -= run) {
		leaf = pick_leaf(addr, phys, size, &run);
		err = map_leaves(leaf, addr, phys, run, type);
	}
	return err;
}

static __always_inline int map_area(const struct vm_struct *area, const struct ioremap_plan *plan)
{
	unsigned long addr = (unsigned long)area->addr, run = plan->run;
	int err = map_leaves(plan->leaf, addr, plan->phys, run, plan->type);

	if (!err && run != plan->size)
		err = map_rest(addr + run, plan->phys + run, plan->size - run, plan->type);
	return err;
}

/* Decides, finds a place, fills it. */
static noinline void __iomem *map_device(phys_addr_t phys, size_t size, unsigned int mtype,
					 const void *caller)
{
	struct ioremap_plan plan;
	struct vm_struct *area;

	plan_new_mapping(&plan, phys, size, mtype);
	WARN(plan.ram, "ioremap: 0x%llx+0x%zx meets RAM 0x%llx-0x%llx; caller %pS", phys, size,
	     plan.ram->base, plan.ram->base + plan.ram->size - 1, caller);
	if (plan.refusal)
		return NULL;

	area = __get_vm_area_node(plan.size, 1, VM_IOREMAP | plan.leaf->vm_flags, VMALLOC_START,
				  VMALLOC_END, GFP_KERNEL, caller);
	if (!area)
		return NULL;
	area->phys_addr = plan.phys;
	if (map_area(area, &plan)) {
		free_vm_area(area); /* clears and flushes the part that was mapped, then frees */
		return NULL;
	}
	return (void __iomem *)(area->addr + plan.offset);
}

void __iomem *__ioremap_caller(phys_addr_t phys, size_t size, unsigned int mtype,
			       const void *caller)
{
	const struct vm_struct *vm = find_static_vm_paddr(phys, size, mtype);

	if (!vm)
		return map_device(phys, size, mtype, caller);
	return (void __iomem *)(vm->addr + (unsigned long)(phys - vm->phys_addr));
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

/* Clears an area and drops its translations: by its leaf's own way, where its flags name one. */
static __always_inline void unmap_area(const struct vm_struct *area)
{
	unsigned long addr = (unsigned long)area->addr, size = get_vm_area_size(area);
	const struct leaf_type *leaf = leaf_types;

	if (!(area->flags & VM_LEAF_FLAGS)) {
		vunmap_range(addr, addr + size);
		return;
	}
	while (!(leaf->vm_flags & area->flags))
		leaf++;
	leaf->unmap(addr, size);
}

void __iounmap(volatile void __iomem *io_addr)
{
	unsigned long addr = (unsigned long)io_addr & PAGE_MASK;
	struct vm_struct *area;

	if (is_static_mapping(addr)) /* it stays */
		return;
	area = claim_vm_area((void *)addr, VM_IOREMAP);
	if (area && area->flags & VM_EARLY) /* so does what boot has reserved */
		return;
	if (WARN(!area, "iounmap: 0x%lx is not the start of an ioremap area",
		 (unsigned long)io_addr))
		return;
	/* Flushes at once. In Linux, which flushes later, a stale pointer may still work. */
	unmap_area(area);
	release_vm_area(area); /* only now: the next owner must not hit our translations */
	kfree(area);
}

void (*arch_iounmap)(volatile void __iomem *addr) = __iounmap;

void iounmap(volatile void __iomem *addr)
{
	arch_iounmap(addr);
}
