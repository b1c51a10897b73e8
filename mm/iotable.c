/* SPDX-License-Identifier: MIT */
/*
 * From a machine's table to static mappings. A row that cannot be is a mistake in the table, and
 * boot ends there, naming it. Records come from memblock and are never freed.
 *
 * Linux counterpart: iotable_init() in arch/arm/mm/mmu.c
 */
#include <asm/mem_type.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <mm/memblock.h>
#include <mm/mm_init.h>
#include <mm/static_vm.h>

static const char *__init map_desc_error(const struct map_desc *row)
{
	phys_addr_t phys = (phys_addr_t)row->pfn << PAGE_SHIFT;
	struct static_vm *svm;

	if (!row->length || (row->virtual | row->length) & ~PAGE_MASK)
		return "is not made of whole pages";
	if (row->virtual < VMALLOC_START || row->virtual >= VMALLOC_END ||
	    row->length > VMALLOC_END - row->virtual)
		return "lies outside vmalloc space";
	if (!get_mem_type(row->type))
		return "has an unknown memory type";
	if (memblock_overlaps_region(&memblock.memory, phys, row->length))
		return "meets RAM";
	list_for_each_entry(svm, &static_vmlist, list)
		if (row->virtual < static_vm_end(svm) &&
		    (unsigned long)svm->vm.addr < row->virtual + row->length)
			return "meets another row";
	return NULL;
}

void __init iotable_init(const struct map_desc *rows, unsigned int n)
{
	struct static_vm *svm = memblock_alloc(n * sizeof(*svm), sizeof(long));
	const struct map_desc *row;

	if (!svm)
		panic("iotable_init: no memory for %u records", n);
	for (row = rows; row < rows + n; row++, svm++) {
		const char *error = map_desc_error(row);

		if (error)
			panic("iotable_init: row %u, virtual 0x%lx, %s", (unsigned int)(row - rows),
			      row->virtual, error);
		create_mapping(row);
		svm->vm.addr = (void *)row->virtual;
		svm->vm.size = row->length;
		svm->vm.phys_addr = (phys_addr_t)row->pfn << PAGE_SHIFT;
		svm->vm.flags = VM_IOREMAP | VM_NO_GUARD | VM_ARM_STATIC_MAPPING |
				VM_ARM_MTYPE(row->type);
		svm->vm.caller = iotable_init;
		add_static_vm_early(svm);
	}
	fill_pmd_gaps();
}
