/* SPDX-License-Identifier: MIT */
/*
 * Declares address space numbers (ASIDs) and the generation that each belongs to.
 *
 * There are 256, the number that both architectures have at least; number 0 is the kernel's. When
 * all are given out, the TLB is flushed once and a new generation begins. An address space with a
 * number of an older generation gets a new one when it runs next; one that runs on a processor at
 * that moment keeps its number in the new generation.
 *
 * Linux counterpart: arch/arm64/mm/context.c, arch/arm/mm/context.c
 */
#pragma once

#include <kernel/lib/types.h>

#define ASID_BITS 8
#define NUM_ASIDS (1U << ASID_BITS)
#define ASID(id)  ((unsigned int)(id) & (NUM_ASIDS - 1))

/*
 * Returns a number of the current generation for an address space whose id was *id, and records
 * that this processor runs it. *id stays where it is until asid_put() or the next asid_get() of
 * this processor. Interrupts off.
 */
unsigned int asid_get(u64 *id);

/* Records that this processor runs no user address space. Interrupts off. */
void asid_put(void);

/* Is *id of the current generation, so that a TLB may hold translations with its number? */
bool asid_is_current(const u64 *id);
