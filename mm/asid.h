/* SPDX-License-Identifier: MIT */
/*
 * Declares address space numbers (ASIDs) and the generation that each belongs to.
 *
 * There are 256, the number that both architectures have at least; number 0 is the kernel's. When
 * all are given out, the TLB is flushed once and a new generation begins. An address space with a
 * number of an older generation gets a new one when it runs next.
 *
 * Linux counterpart: arch/arm64/mm/context.c, arch/arm/mm/context.c (there an address space that
 * runs on another processor keeps its number in the new generation)
 */
#pragma once

#include <kernel/lib/types.h>

#define ASID_BITS 8
#define NUM_ASIDS (1U << ASID_BITS)
#define ASID(id)  ((unsigned int)(id) & (NUM_ASIDS - 1))

/*
 * Returns a number of the current generation for an address space whose id was *id. Interrupts
 * off.
 */
unsigned int asid_get(u64 *id);

/* Is id of the current generation, so that the TLB may hold translations with its number? */
bool asid_is_current(u64 id);
