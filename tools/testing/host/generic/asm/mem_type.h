/* SPDX-License-Identifier: MIT */
/* Host, no architecture: memory types by name. */
#pragma once

#include <asm/pgtable.h>

enum {
	MT_DEVICE,
	MT_DEVICE_NONSHARED,
	MT_DEVICE_CACHED,
	MT_DEVICE_WC,
	MT_UNCACHED,
	MT_MEMORY_RW,
	NR_MEM_TYPES
};

#define NR_LEAF_TYPES   1 /* rows of leaf_types[] (mm/ioremap.h) */
#define phys_addr_limit (~(phys_addr_t)0)

#define MT_IOREMAP       MT_DEVICE
#define MT_IOREMAP_WC    MT_DEVICE_WC
#define MT_IOREMAP_WT    MT_DEVICE
#define MT_IOREMAP_CACHE MT_DEVICE_CACHED

struct mem_type {
	const char *name;
	pgprot_t prot_pte;
};

extern const struct mem_type mem_types[NR_MEM_TYPES];

const struct mem_type *get_mem_type(unsigned int type);

static inline bool mem_type_is_io(unsigned int type)
{
	return type <= MT_UNCACHED;
}
