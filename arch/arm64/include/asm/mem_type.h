/* SPDX-License-Identifier: MIT */
/*
 * Memory types by name: what ioremap() and the static tables ask for, and what that means in
 * descriptor bits here. The names and numbers are those of 32-bit arm, so that generic code has one
 * vocabulary; those that mean nothing here (vectors, TCM, clean caches) are left out.
 *
 * Linux counterpart: arch/arm64/include/asm/io.h (there ioremap variants name a PROT_ directly).
 */
#pragma once

#include <asm/pgtable.h>

/* The first five are for I/O. */
enum {
	MT_DEVICE,
	MT_DEVICE_NONSHARED,
	MT_DEVICE_CACHED,
	MT_DEVICE_WC,
	MT_UNCACHED,
	MT_MEMORY_RWX = 9,
	MT_MEMORY_RW,
	MT_ROM,
	MT_MEMORY_RWX_NONCACHED,
	NR_MEM_TYPES
};

#define NR_LEAF_TYPES 3 /* rows of leaf_types[] (mm/ioremap.h) */

/* The first physical address that a page cannot map: this processor cannot name it. */
extern phys_addr_t phys_addr_limit;

/* The type behind each variant of ioremap. arm64 has no write-through: wt falls back to device. */
#define MT_IOREMAP       MT_DEVICE
#define MT_IOREMAP_WC    MT_DEVICE_WC
#define MT_IOREMAP_WT    MT_DEVICE
#define MT_IOREMAP_CACHE MT_DEVICE_CACHED

struct mem_type {
	const char *name;
	pgprot_t prot_pte;
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
