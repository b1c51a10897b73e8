/* SPDX-License-Identifier: MIT */
/* Mistake: guard - no area has a guard page */
struct vm_struct *__get_vm_area_node(unsigned long size, unsigned long align, unsigned long flags,
				     unsigned long start, unsigned long end, gfp_t gfp,
				     const void *caller)
{
	struct vm_struct *vm;
	bool placed;

	BUG_ON(in_interrupt());
	size = PAGE_ALIGN(size);
	if (!size || WARN_ON(!is_power_of_2(align)))
		return NULL;
	align = flags & VM_IOREMAP ? ioremap_align(size) : max(align, PAGE_SIZE);
	flags |= VM_NO_GUARD;

	vm = kmalloc(sizeof(*vm), gfp & ~__GFP_ZERO);
	if (!vm)
		return NULL;
	vm->size = size;
	vm->flags = flags;
	vm->pages = NULL;
	vm->nr_pages = 0;
	vm->phys_addr = 0;
	vm->caller = caller;
	spin_lock(&vmap_area_lock);
	placed = place_area(&vm->area, size, align, start, end);
	vm->addr = (void *)vm->area.va_start;
	spin_unlock(&vmap_area_lock);
	if (placed)
		return vm;
	kfree(vm);
	return NULL;
}
