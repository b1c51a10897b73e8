/* SPDX-License-Identifier: MIT */
/* What is kept is found at physical address 0, which is a device on some machines. */
void __init vm_reserve_area_early(unsigned long addr, unsigned long size, const void *caller)
{
	struct vm_struct *vm = memblock_alloc(sizeof(*vm), sizeof(long));

	if (!vm)
		panic("vm_reserve_area_early: no memory for a record");
	vm->addr = (void *)addr;
	vm->size = size;
	vm->flags = VM_IOREMAP | VM_NO_GUARD;
	vm->caller = caller;
	add_static_vm_early(vm);
}
