/* SPDX-License-Identifier: MIT */
/* The alignment is that of the size with the guard page: twice as large as it should be. */
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
	if (!(flags & VM_NO_GUARD))
		size += PAGE_SIZE;
	align = flags & VM_IOREMAP ? ioremap_align(size) : max(align, PAGE_SIZE);
	if (!size) /* the guard page made it wrap: nothing would be reserved */
		return NULL;

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
	vm->addr = (void *)vm->area.va_start; /* under the lock: a reader may see the area now */
	spin_unlock(&vmap_area_lock);
	if (placed)
		return vm;
	kfree(vm);
	return NULL;
}
