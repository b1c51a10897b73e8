/* SPDX-License-Identifier: MIT */
/*
 * Memory types by name: what ioremap() and the static tables ask for, and what that means in
 * descriptor bits at each level.
 *
 * Linux counterpart: arch/arm/mm/mm.h, arch/arm/include/asm/io.h, asm/mach/map.h
 */
#pragma once

#include <asm/pgtable.h>

/* The first five are for I/O; the first four have Linux's numbers. */
enum {
	MT_DEVICE,
	MT_DEVICE_NONSHARED,
	MT_DEVICE_CACHED,
	MT_DEVICE_WC,
	MT_UNCACHED,
	MT_CACHECLEAN,
	MT_MINICLEAN,
	MT_LOW_VECTORS,
	MT_HIGH_VECTORS,
	MT_MEMORY_RWX,
	MT_MEMORY_RW,
	MT_ROM,
	MT_MEMORY_RWX_NONCACHED,
	MT_MEMORY_RW_DTCM,
	MT_MEMORY_RWX_ITCM,
	NR_MEM_TYPES
};

#define NR_LEAF_TYPES (CONFIG_SMP ? 1 : 3) /* rows of leaf_types[] (mm/ioremap.h) */

/* The first physical address that a page cannot map: its descriptor has 32 bits. */
#define phys_addr_limit 0x100000000ULL

/*
 * The type behind each variant of ioremap. Write-through falls back to write-combining, as in
 * Linux.
 */
#define MT_IOREMAP       MT_DEVICE
#define MT_IOREMAP_WC    MT_DEVICE_WC
#define MT_IOREMAP_WT    MT_DEVICE_WC
#define MT_IOREMAP_CACHE MT_DEVICE_CACHED

struct mem_type {
	const char *name;
	pgprot_t prot_pte;  /* second level: a page; 0: never mapped by pages */
	pmdval_t prot_l1;   /* first level: a table of such pages; 0: there is none */
	pmdval_t prot_sect; /* first level: a section; 0: never mapped by sections */
	unsigned int domain;
	const char *note; /* what the bits do not say, or NULL */
};

/* By MT_ number. A row without a name is not a type. In arch/<name>/mem_types.c. */
extern const struct mem_type mem_types[NR_MEM_TYPES];

/* Returns the description of a type, or NULL for a number without one. In mm/ioremap.c. */
const struct mem_type *get_mem_type(unsigned int type);

/* Whether ioremap() may use the type. The kernel maps its own memory with the others. */
static inline bool mem_type_is_io(unsigned int type)
{
	return type <= MT_UNCACHED;
}
