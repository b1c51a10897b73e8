/* SPDX-License-Identifier: MIT */
/*
 * Maps separate pages into one contiguous area: vmalloc() its own, vmap() the caller's.
 *
 * Linux counterpart: mm/vmalloc.c
 */
#include <kernel/base/bug.h>
#include <kernel/base/hardirq.h>
#include <mm/gfp.h>
#include <mm/page_ref.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

/* --- Finding areas --- */

/* The record of an area that may be NULL, unless it is hidden. */
static __always_inline struct vm_struct *visible_record(struct vmap_area *va)
{
	struct vm_struct *vm = va ? container_of(va, struct vm_struct, area) : NULL;

	return vm && !(vm->flags & VM_UNINITIALIZED) ? vm : NULL;
}

/* The record of the area that contains addr, unless it is hidden; or NULL. */
static __always_inline struct vm_struct *find_owner(const void *addr)
{
	return visible_record(find_vmap_area((unsigned long)addr));
}

/* The same. Asks the hint first, because a driver often unmaps what it has mapped last. */
static __always_inline struct vm_struct *find_recent_owner(const void *addr)
{
	struct vmap_area *hint = vmap_area_hint;

	if (hint && (unsigned long)addr - hint->va_start < hint->va_end - hint->va_start)
		return visible_record(hint);
	return find_owner(addr);
}

struct vm_struct *find_vm_area(const void *addr)
{
	struct vm_struct *vm;

	spin_lock(&vmap_area_lock);
	vm = find_owner(addr);
	spin_unlock(&vmap_area_lock);
	return vm;
}

bool read_vm_area(const void *addr, struct vm_struct *copy)
{
	struct vm_struct *vm;

	spin_lock(&vmap_area_lock);
	vm = find_owner(addr);
	if (vm)
		*copy = *vm;
	spin_unlock(&vmap_area_lock);
	return vm;
}

struct vm_struct *claim_vm_area(const void *addr, unsigned long kinds)
{
	struct vm_struct *vm;

	BUG_ON(in_interrupt());
	spin_lock(&vmap_area_lock);
	vm = find_recent_owner(addr);
	if (vm && !(vm->flags & VM_EARLY)) {
		if (vm->addr == addr && (!kinds || vm->flags & kinds))
			vm->flags |= VM_UNINITIALIZED;
		else
			vm = NULL;
	}
	spin_unlock(&vmap_area_lock);
	return vm;
}

/* --- Making and freeing areas --- */

struct vm_struct *__get_vm_area_caller(unsigned long size, unsigned long flags, unsigned long start,
				       unsigned long end, const void *caller)
{
	return __get_vm_area_node(size, 1, flags, start, end, GFP_KERNEL, caller);
}

struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller)
{
	return __get_vm_area_caller(size, flags, VMALLOC_START, VMALLOC_END, caller);
}

void detach_vm_area(struct vm_struct *vm)
{
	/* In this order, or the next owner of the range hits a translation of this one. */
	vunmap_range(vm->area.va_start, vm->area.va_start + get_vm_area_size(vm));
	release_vm_area(vm);
}

struct vm_struct *remove_vm_area(const void *addr)
{
	struct vm_struct *vm = find_vm_area(addr);

	if (vm)
		vm = claim_vm_area(vm->addr, 0);
	if (!vm || vm->flags & VM_EARLY)
		return NULL;
	detach_vm_area(vm);
	return vm;
}

void free_vm_area(struct vm_struct *vm)
{
	detach_vm_area(vm);
	kfree(vm);
}

void vm_unmap_aliases(void)
{
}

/* --- Pages of the area's own --- */

/* The array of page pointers comes from kmalloc up to a page, and from vmalloc itself above. */
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

/* Programs may become owners of these pages, too. */
static void count_user_pages(const struct vm_struct *vm)
{
	unsigned int i;

	for (i = 0; i < vm->nr_pages; i++)
		init_page_count(vm->pages[i]);
}

/* Fills an area with pages and maps them. On failure too, vm records what was allocated. */
static bool populate_area(struct vm_struct *vm, gfp_t gfp, pgprot_t prot)
{
	unsigned long start = (unsigned long)vm->addr, size = get_vm_area_size(vm);
	unsigned int nr_pages = size >> PAGE_SHIFT;

	vm->pages = alloc_page_array(vm, gfp);
	if (!vm->pages)
		return false;
	vm->nr_pages = alloc_pages_bulk_array(gfp | __GFP_HIGHMEM, nr_pages, vm->pages);
	if (vm->flags & VM_USERMAP)
		count_user_pages(vm);
	return vm->nr_pages == nr_pages &&
	       vmap_pages_range(start, start + size, prot, vm->pages, PAGE_SHIFT) == 0;
}

/* A page that a program has mapped stays until that is unmapped (mm/remap.h). */
static void put_user_pages(const struct vm_struct *vm)
{
	unsigned int i;

	for (i = 0; i < vm->nr_pages; i++)
		put_page(vm->pages[i]);
}

/* Frees an area and its pages, also one that was populated in part. */
static void free_populated_area(struct vm_struct *vm)
{
	detach_vm_area(vm); /* first: no translation may lead to a page that has a new owner */
	if (vm->flags & VM_USERMAP)
		put_user_pages(vm);
	else
		release_pages(vm->pages, vm->nr_pages);
	free_page_array(vm);
	kfree(vm);
}

/* From here on look-ups and vmallocinfo find the area. Under the lock that they hold. */
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

	/* More pages than nr_pages can count: it would wrap, and the area be shorter than asked. */
	if (size >> PAGE_SHIFT >= (u32)~0U)
		return NULL;
	vm = __get_vm_area_node(size, align, VM_ALLOC | VM_UNINITIALIZED | vm_flags, start, end,
				gfp, caller);
	if (!vm)
		return NULL;
	if (!populate_area(vm, gfp, prot)) {
		free_populated_area(vm);
		return NULL;
	}
	clear_vm_uninitialized_flag(vm);
	return vm->addr;
}

/* Allocates for the functions below, each of which passes on its caller. */
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

/* Claims the area of one of the kinds that starts at addr. Warns and returns NULL without one. */
static struct vm_struct *claim_or_warn(const void *addr, unsigned long kinds)
{
	struct vm_struct *vm = claim_vm_area(addr, kinds);

	if (WARN(!vm || vm->flags & VM_EARLY, "no area that this call frees starts at 0x%px", addr))
		return NULL;
	return vm;
}

void vfree(const void *addr)
{
	struct vm_struct *vm = addr ? claim_or_warn(addr, VM_ALLOC) : NULL;

	if (vm)
		free_populated_area(vm);
}

/* --- Pages of the caller's --- */

noinline void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot)
{
	unsigned long start, size = (unsigned long)count << PAGE_SHIFT;
	struct vm_struct *vm;

	if (size >> PAGE_SHIFT != count) /* wrapped: the area would be too short for pages[] */
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
	struct vm_struct *vm = addr ? claim_or_warn(addr, VM_MAP) : NULL;

	if (vm)
		free_vm_area(vm);
}
