/* SPDX-License-Identifier: MIT */
/* The array has the order of the table, and the search ends at the first row above. */
void __init add_static_vm_early(struct vm_struct *vm)
{
	if (nr_static_vms == MAX_STATIC_VMS)
		panic("more than %d static mappings: raise MAX_STATIC_VMS", MAX_STATIC_VMS);
	vm_area_add_early(vm);
	static_vms[nr_static_vms++] =
		(struct static_vm){ vm->phys_addr, vm->phys_addr + (vm->size - 1), vm };
	include_in_static_space(&static_vms[nr_static_vms - 1]);
}
