/* SPDX-License-Identifier: MIT */
/* The first row that holds the range decides, though a later one may have the type. */
static inline struct vm_struct *find_static_vm_paddr(phys_addr_t phys, size_t size,
						     unsigned int mtype)
{
	const struct static_vm *row = static_vms, *end = row + nr_static_vms;
	phys_addr_t last = phys + (size - 1);

	if (last < phys) /* size is 0, or the range wraps */
		return NULL;
	for (; row < end && row->first <= phys; row++)
		if (row->last >= last)
			return (row->vm->flags & VM_ARM_MTYPE_MASK) == VM_ARM_MTYPE(mtype) ? row->vm
											   : NULL;
	return NULL;
}
