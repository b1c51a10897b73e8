/* SPDX-License-Identifier: MIT */
/* Only the start of an area removes it. */
struct vm_struct *remove_vm_area(const void *addr)
{
	struct vm_struct *vm = claim_vm_area(addr, 0);

	if (!vm || vm->flags & VM_EARLY)
		return NULL;
	detach_vm_area(vm);
	return vm;
}
