/* SPDX-License-Identifier: MIT */
/*
 * Areas of mapped kernel memory: first the vm_struct, which says what a range of addresses is used
 * for, then the two users that fill it with pages, vmalloc() and vmap(). The third, ioremap(), maps
 * for itself (mm/ioremap.c) and only takes its area from here.
 *
 * An area's range is free for others only when no table and no TLB translates it any more:
 * remove_vm_area() first hides the area, then unmaps and flushes, then returns the range.
 *
 * Linux counterpart: mm/vmalloc.c (where the flush and the return happen later, for many areas).
 */
#include <asm/cacheflush.h>
#include <asm/tlbflush.h>
#include <kernel/base/bug.h>
#include <kernel/base/hardirq.h>
#include <kernel/base/init.h>
#include <kernel/lib/macros.h>
#include <mm/gfp.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>
#include <mm/vmap_area.h>
#include <mm/vmap_range.h>

/* --- Areas --- */

unsigned long ioremap_align(unsigned long size)
{
	return 1UL << clamp(fls_long(size - 1), PAGE_SHIFT, IOREMAP_MAX_ORDER);
}

static struct vm_struct *__get_vm_area_node(unsigned long size, unsigned long align,
					    unsigned long flags, unsigned long start,
					    unsigned long end, gfp_t gfp, const void *caller)
{
	struct vm_struct *vm;

	BUG_ON(in_interrupt());
	size = PAGE_ALIGN(size);
	if (!size || WARN_ON(!is_power_of_2(align)))
		return NULL;
	align = flags & VM_IOREMAP ? ioremap_align(size) : max(align, PAGE_SIZE);
	if (!(flags & VM_NO_GUARD))
		size += PAGE_SIZE;
	if (!size)
		return NULL;

	vm = kzalloc(sizeof(*vm), gfp);
	if (!vm)
		return NULL;
	vm->size = size;
	vm->flags = flags;
	vm->caller = caller;
	if (alloc_vmap_area(vm, align, start, end, gfp)) {
		kfree(vm);
		return NULL;
	}
	return vm;
}

struct vm_struct *__get_vm_area_caller(unsigned long size, unsigned long flags, unsigned long start,
				       unsigned long end, const void *caller)
{
	return __get_vm_area_node(size, 1, flags, start, end, GFP_KERNEL, caller);
}

struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller)
{
	return __get_vm_area_caller(size, flags, VMALLOC_START, VMALLOC_END, caller);
}

struct vm_struct *find_vm_area(const void *addr)
{
	struct vmap_area *va;
	struct vm_struct *vm;

	spin_lock(&vmap_area_lock);
	va = find_vmap_area((unsigned long)addr);
	vm = va ? va->vm : NULL;
	spin_unlock(&vmap_area_lock);
	return vm;
}

struct vm_struct *remove_vm_area(const void *addr)
{
	struct vmap_area *va;
	struct vm_struct *vm;

	BUG_ON(in_interrupt());
	va = unlink_vmap_area((unsigned long)addr);
	if (!va)
		return NULL;
	vm = va->vm;
	flush_cache_vunmap(va->va_start, va->va_end);
	vunmap_range_noflush(va->va_start, va->va_end);
	flush_tlb_kernel_range(va->va_start, va->va_end);
	free_vmap_area(va);
	return vm;
}

void free_vm_area(struct vm_struct *vm)
{
	BUG_ON(remove_vm_area(vm->addr) != vm);
	kfree(vm);
}

void vm_unmap_aliases(void)
{
}

/* --- Boot: areas that stand before kmalloc does --- */

static struct vm_struct *early_areas __initdata; /* ascending */
static bool vmalloc_ready;

void __init vm_area_add_early(struct vm_struct *vm)
{
	struct vm_struct **link = &early_areas;

	BUG_ON(vmalloc_ready);
	BUG_ON(!vm->size || !PAGE_ALIGNED(vm->addr) || !PAGE_ALIGNED(vm->size));
	while (*link && (*link)->addr < vm->addr) {
		BUG_ON((*link)->addr + (*link)->size > vm->addr);
		link = &(*link)->next;
	}
	BUG_ON(*link && vm->addr + vm->size > (*link)->addr);
	vm->next = *link;
	*link = vm;
}

void __init vm_area_register_early(struct vm_struct *vm, size_t align)
{
	unsigned long addr = ALIGN(VMALLOC_START, align);
	const struct vm_struct *other;

	for (other = early_areas; other; other = other->next) {
		unsigned long start = (unsigned long)other->addr;

		if (addr + vm->size <= start)
			break;
		if (addr < start + other->size)
			addr = ALIGN(start + other->size, align);
	}
	/* Below the start: ALIGN() has passed the top of the address space and wrapped to 0. */
	BUG_ON(addr < VMALLOC_START || addr > VMALLOC_END || vm->size > VMALLOC_END - addr);
	vm->addr = (void *)addr;
	vm_area_add_early(vm);
}

void __init vmalloc_init(void)
{
	vmap_area_init(early_areas);
	vmalloc_ready = true;
}

/* --- Memory of our own, page by page --- */

/* The array of page pointers: up to a page from kmalloc, above from vmalloc itself. */
static unsigned long page_array_size(const struct vm_struct *vm)
{
	return (get_vm_area_size(vm) >> PAGE_SHIFT) * sizeof(struct page *);
}

static struct page **alloc_page_array(const struct vm_struct *vm, gfp_t gfp)
{
	unsigned long size = page_array_size(vm);

	gfp &= ~(__GFP_HIGHMEM | __GFP_ZERO);
	if (size <= PAGE_SIZE)
		return kmalloc(size, gfp);
	return __vmalloc_node_range(size, 1, VMALLOC_START, VMALLOC_END, gfp, PAGE_KERNEL, 0,
				    NUMA_NO_NODE, vm->caller);
}

static void free_page_array(const struct vm_struct *vm)
{
	if (page_array_size(vm) <= PAGE_SIZE)
		kfree(vm->pages);
	else
		vfree(vm->pages);
}

/* Fill an area with pages and map them. What was allocated is noted in vm, whatever comes of it. */
static bool populate_area(struct vm_struct *vm, gfp_t gfp, pgprot_t prot)
{
	unsigned long start = (unsigned long)vm->addr, size = get_vm_area_size(vm);
	unsigned int nr_pages = size >> PAGE_SHIFT;

	vm->pages = alloc_page_array(vm, gfp);
	if (!vm->pages)
		return false;
	for (; vm->nr_pages < nr_pages; vm->nr_pages++) {
		struct page *page = alloc_page(gfp | __GFP_HIGHMEM);

		if (!page)
			return false;
		vm->pages[vm->nr_pages] = page;
	}
	return vmap_pages_range(start, start + size, prot, vm->pages, PAGE_SHIFT) == 0;
}

/* From here on vmallocinfo shows the area: whoever reads it holds the lock. */
static void clear_vm_uninitialized_flag(struct vm_struct *vm)
{
	spin_lock(&vmap_area_lock);
	vm->flags &= ~VM_UNINITIALIZED;
	spin_unlock(&vmap_area_lock);
}

void *__vmalloc_node_range(unsigned long size, unsigned long align, unsigned long start,
			   unsigned long end, gfp_t gfp, pgprot_t prot, unsigned long vm_flags,
			   int node, const void *caller)
{
	struct vm_struct *vm;

	/* More pages than nr_pages can count is more than there are. */
	if (size >> PAGE_SHIFT >= (u32)~0U)
		return NULL;
	vm = __get_vm_area_node(size, align, VM_ALLOC | VM_UNINITIALIZED | vm_flags, start, end,
				gfp, caller);
	if (!vm)
		return NULL;
	if (!populate_area(vm, gfp, prot)) {
		vfree(vm->addr);
		return NULL;
	}
	clear_vm_uninitialized_flag(vm);
	return vm->addr;
}

/* The usual memory for the functions below; each passes on who called it. */
static void *vmalloc_kernel(unsigned long size, gfp_t gfp, unsigned long vm_flags,
			    const void *caller)
{
	return __vmalloc_node_range(size, 1, VMALLOC_START, VMALLOC_END, gfp, PAGE_KERNEL, vm_flags,
				    NUMA_NO_NODE, caller);
}

noinline void *vmalloc(unsigned long size)
{
	return vmalloc_kernel(size, GFP_KERNEL, 0, __builtin_return_address(0));
}

noinline void *vzalloc(unsigned long size)
{
	return vmalloc_kernel(size, GFP_KERNEL | __GFP_ZERO, 0, __builtin_return_address(0));
}

noinline void *vmalloc_user(unsigned long size)
{
	return vmalloc_kernel(size, GFP_KERNEL | __GFP_ZERO, VM_USERMAP,
			      __builtin_return_address(0));
}

/* Remove the area that starts at addr if it is of one of the kinds in flags. */
static struct vm_struct *remove_vm_area_of_kind(const void *addr, unsigned long flags)
{
	struct vm_struct *vm = find_vm_area(addr);

	if (WARN(!vm || vm->addr != addr || !(vm->flags & flags),
		 "no area of this kind at %px: nothing freed", addr))
		return NULL;
	return remove_vm_area(addr);
}

void vfree(const void *addr)
{
	struct vm_struct *vm;

	if (!addr)
		return;
	vm = remove_vm_area_of_kind(addr, VM_ALLOC);
	if (!vm)
		return;
	while (vm->nr_pages)
		__free_page(vm->pages[--vm->nr_pages]);
	free_page_array(vm);
	kfree(vm);
}

/* --- Pages of somebody else --- */

noinline void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot)
{
	unsigned long start, size = (unsigned long)count << PAGE_SHIFT;
	struct vm_struct *vm;

	if (size >> PAGE_SHIFT != count)
		return NULL;
	vm = get_vm_area_caller(size, flags | VM_MAP, __builtin_return_address(0));
	if (!vm)
		return NULL;
	start = (unsigned long)vm->addr;
	if (vmap_pages_range(start, start + size, prot, pages, PAGE_SHIFT)) {
		free_vm_area(vm);
		return NULL;
	}
	return vm->addr;
}

void vunmap(const void *addr)
{
	if (addr)
		kfree(remove_vm_area_of_kind(addr, VM_MAP));
}
