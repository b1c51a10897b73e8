/* SPDX-License-Identifier: MIT */
/*
 * One row of a machine's table of static mappings, made by blocks where both addresses and the
 * length allow, as the linear map is.
 *
 * Linux counterpart: none, only 32-bit arm has static mappings there (arch/arm/mm/mmu.c)
 */
#include <asm/mem_type.h>
#include <kernel/base/init.h>
#include <mm/mm_init.h>
#include <mm/static_vm.h>

void __init create_mapping(const struct map_desc *row)
{
	map_early_range(row->virtual, (phys_addr_t)row->pfn << PAGE_SHIFT, row->length,
			get_mem_type(row->type)->prot_pte);
}

/* A block fills its entry whole: nothing is left over beside it. */
void __init fill_pmd_gaps(unsigned long addr, unsigned long end)
{
}
