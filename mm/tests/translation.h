/* SPDX-License-Identifier: MIT */
/*
 * What the hardware would make of a kernel address, for tests: raw descriptors of swapper_pg_dir,
 * decoded by the architecture manual. Neither asm/pgtable.h nor mm/pagewalk.c is used, so that a
 * wrong bit there is found. Each architecture has its own translate(), in
 * arch/<name>/tests/walker_test.c.
 */
#pragma once

#include <asm/pgtable.h>
#include <kernel/lib/types.h>

enum memory_kind {
	MEMORY_UNKNOWN,
	MEMORY_STRONGLY_ORDERED, /* Device-nGnRnE */
	MEMORY_DEVICE,           /* Device-nGnRE */
	MEMORY_NONCACHED,
	MEMORY_CACHED, /* write-back */
};

struct translation {
	unsigned long size; /* of the leaf, as the TLB sees it; 0: nothing is mapped */
	unsigned long hole; /* then: what the entry that is missing would cover */
	phys_addr_t phys;   /* of the address that was asked for */
	enum memory_kind memory;
	bool write, execute; /* by the kernel */
	bool user, global, shared;
};

struct translation translate(unsigned long addr);

/* The same by other tables than swapper_pg_dir. */
struct translation translate_by(const pgd_t *pgd, unsigned long addr);

/*
 * The leaf size that the byte pos of an ioremap() of size bytes must have, addr and phys being
 * those of its first byte: the rule in the architecture's own words.
 */
unsigned long leaf_rule(unsigned long addr, phys_addr_t phys, unsigned long size,
			unsigned long pos);

/* A physical address that no device answers at, aligned to any leaf: only ever mapped. */
#define HOLE_PHYS 0x8000000000ULL

/* What ioremap_wt() must give: no architecture here has write-through. */
extern const enum memory_kind wt_memory_kind;
