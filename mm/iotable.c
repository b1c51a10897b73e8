/* SPDX-License-Identifier: MIT */
/*
 * Maps a machine's table of static mappings, and stops the boot at a row that is wrong.
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

	if (!row->length || (row->virtual | row->length) & ~PAGE_MASK)
		return "is not made of whole pages";
	/* Not virtual + length > VMALLOC_END: that sum may wrap. */
	if (row->virtual < VMALLOC_START || row->virtual >= VMALLOC_END ||
	    row->length > VMALLOC_END - row->virtual)
		return "lies outside vmalloc space";
	if (!get_mem_type(row->type))
		return "has an unknown memory type";
	if (memblock_overlaps_region(&memblock.memory, phys, row->length))
		return "meets RAM";
	if (vm_area_overlaps(row->virtual, row->virtual + row->length))
		return "meets another area";
	return NULL;
}

static void __init map_row(const struct map_desc *row, struct vm_struct *vm)
{
	create_mapping(row);
	vm->addr = (void *)row->virtual;
	vm->size = row->length;
	vm->phys_addr = (phys_addr_t)row->pfn << PAGE_SHIFT;
	vm->flags = VM_IOREMAP | VM_NO_GUARD | VM_ARM_MTYPE(row->type);
	vm->caller = iotable_init;
	add_static_vm_early(vm);
}

void __init iotable_init(const struct map_desc *rows, unsigned int n)
{
	struct vm_struct *vm = memblock_alloc(n * sizeof(*vm), sizeof(long));
	unsigned int i;

	if (!vm)
		panic("iotable_init: no memory for %u records", n);
	for (i = 0; i < n; i++) {
		const char *error = map_desc_error(&rows[i]);

		if (error)
			panic("iotable_init: row %u, virtual 0x%lx, %s", i, rows[i].virtual, error);
		map_row(&rows[i], &vm[i]);
	}
	for (i = 0; i < n; i++)
		fill_pmd_gaps(rows[i].virtual, rows[i].virtual + rows[i].length);
}
