/* SPDX-License-Identifier: MIT */
/*
 * Addresses of vmalloc space that boot keeps from everybody. The record comes from memblock and is
 * never freed.
 *
 * Linux counterpart: vm_reserve_area_early() in arch/arm/mm/mmu.c
 */
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <mm/memblock.h>
#include <mm/static_vm.h>

void __init vm_reserve_area_early(unsigned long addr, unsigned long size, const void *caller)
{
	struct static_vm *svm = memblock_alloc(sizeof(*svm), sizeof(long));

	if (!svm)
		panic("vm_reserve_area_early: no memory for a record");
	svm->vm.addr = (void *)addr;
	svm->vm.size = size;
	svm->vm.flags = VM_IOREMAP | VM_NO_GUARD;
	svm->vm.caller = caller;
	add_static_vm_early(svm);
}
