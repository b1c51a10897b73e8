/* SPDX-License-Identifier: MIT */
/*
 * The list of static mappings, and who is in it. Linux counterpart: arch/arm/mm/ioremap.c
 */
#include <kernel/base/init.h>
#include <mm/static_vm.h>

LIST_HEAD(static_vmlist);

unsigned long static_vm_end(const struct static_vm *svm)
{
	return (unsigned long)svm->vm.addr + svm->vm.size;
}

struct static_vm *find_static_vm_paddr(phys_addr_t phys, size_t size, unsigned int mtype)
{
	struct static_vm *svm;

	list_for_each_entry(svm, &static_vmlist, list) {
		if (!(svm->vm.flags & VM_ARM_STATIC_MAPPING) ||
		    (svm->vm.flags & VM_ARM_MTYPE_MASK) != VM_ARM_MTYPE(mtype))
			continue;
		if (svm->vm.phys_addr <= phys &&
		    phys + size - 1 <= svm->vm.phys_addr + svm->vm.size - 1)
			return svm;
	}
	return NULL;
}

struct static_vm *find_static_vm_vaddr(const void *addr)
{
	struct static_vm *svm;

	list_for_each_entry(svm, &static_vmlist, list)
		if (svm->vm.addr <= addr && (unsigned long)addr < static_vm_end(svm))
			return svm;
	return NULL;
}

void __init add_static_vm_early(struct static_vm *svm)
{
	struct list_head *pos;

	list_for_each(pos, &static_vmlist)
		if (list_entry(pos, struct static_vm, list)->vm.addr > svm->vm.addr)
			break;
	list_add_tail(&svm->list, pos);
	vm_area_add_early(&svm->vm);
}
