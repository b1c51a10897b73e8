/* SPDX-License-Identifier: MIT */
/* The record promises a guard page, and so every reader takes the last page for one. */
static void __init map_row(const struct map_desc *row, struct vm_struct *vm)
{
	create_mapping(row);
	vm->addr = (void *)row->virtual;
	vm->size = row->length;
	vm->phys_addr = (phys_addr_t)row->pfn << PAGE_SHIFT;
	vm->flags = VM_IOREMAP | VM_ARM_MTYPE(row->type);
	vm->caller = iotable_init;
	add_static_vm_early(vm);
}
