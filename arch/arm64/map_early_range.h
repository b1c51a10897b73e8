/* SPDX-License-Identifier: MIT */
/*
 * Mapping while memblock gives the tables: what the linear map and the static mappings share.
 */
#pragma once

#include <asm/pgtable.h>
#include <kernel/lib/types.h>

/*
 * Maps [addr, addr + size), whole pages, to phys in swapper_pg_dir, by the largest leaves that both
 * addresses and the length allow. Panics when memblock has no page left for a table. From
 * paging_init(), on one processor.
 */
void map_early_range(unsigned long addr, phys_addr_t phys, unsigned long size, pgprot_t prot);
