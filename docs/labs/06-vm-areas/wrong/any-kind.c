/* SPDX-License-Identifier: MIT */
/* The kind of the area is not looked at: vfree() frees a device's area. */
struct vm_struct *claim_vm_area(const void *addr, unsigned long kinds)
{
	struct vm_struct *vm;

	BUG_ON(in_interrupt());
	spin_lock(&vmap_area_lock);
	vm = find_owner(addr);
	if (vm && !(vm->flags & VM_EARLY)) {
		if (vm->addr == addr)
			vm->flags |= VM_UNINITIALIZED;
		else
			vm = NULL;
	}
	spin_unlock(&vmap_area_lock);
	return vm;
}
