/* SPDX-License-Identifier: MIT */
/*
 * Records boot's own areas, and finds a static mapping by physical address.
 *
 * An area of boot is a static mapping, or a range that must stay unmapped. Their records come from
 * memblock and are never freed.
 *
 * Linux counterpart: arch/arm/mm/ioremap.c (find_static_vm_paddr), arch/arm/mm/mmu.c
 * (vm_reserve_area_early). Linux searches a list by virtual address; here an array that is sorted
 * by physical address ends the search early.
 */
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/lib/macros.h>
#include <mm/memblock.h>
#include <mm/static_vm.h>

#define MAX_STATIC_VMS 32

struct static_vm static_vms[MAX_STATIC_VMS];
unsigned int nr_static_vms;
struct static_space static_space;

static void __init include_in_static_space(const struct static_vm *row)
{
	const struct vmap_area *va = &row->vm->area;
	unsigned long end = max(static_space.start + static_space.size, va->va_end);

	if (nr_static_vms == 1 || va->va_start < static_space.start)
		static_space.start = va->va_start;
	static_space.size = end - static_space.start;
	static_space.last = max(static_space.last, row->last);
}

void __init add_static_vm_early(struct vm_struct *vm)
{
	unsigned int i;

	if (nr_static_vms == MAX_STATIC_VMS)
		panic("more than %d static mappings: raise MAX_STATIC_VMS", MAX_STATIC_VMS);
	vm_area_add_early(vm);
	for (i = nr_static_vms++; i && static_vms[i - 1].first > vm->phys_addr; i--)
		static_vms[i] = static_vms[i - 1];
	static_vms[i] = (struct static_vm){ vm->phys_addr, vm->phys_addr + (vm->size - 1), vm };
	include_in_static_space(&static_vms[i]);
}

void __init vm_reserve_area_early(unsigned long addr, unsigned long size, const void *caller)
{
	struct vm_struct *vm = memblock_alloc(sizeof(*vm), sizeof(long));

	if (!vm)
		panic("vm_reserve_area_early: no memory for a record");
	vm->addr = (void *)addr;
	vm->size = size;
	vm->flags = VM_IOREMAP | VM_NO_GUARD;
	vm->caller = caller;
	vm_area_add_early(vm);
}
