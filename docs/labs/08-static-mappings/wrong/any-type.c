/* SPDX-License-Identifier: MIT */
/* The type is not looked at: a driver that asked for a cached mapping gets a device's. */
static inline struct vm_struct *find_static_vm_paddr(phys_addr_t phys, size_t size,
						     unsigned int mtype)
{
	const struct static_vm *row = static_vms, *end = row + nr_static_vms;
	phys_addr_t last = phys + (size - 1);

	if (last < phys) /* size is 0, or the range wraps */
		return NULL;
	for (; row < end && row->first <= phys; row++)
		if (row->last >= last)
			return row->vm;
	return NULL;
}
