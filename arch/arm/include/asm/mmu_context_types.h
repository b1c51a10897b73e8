/* SPDX-License-Identifier: MIT */
/*
 * What the architecture keeps for each address space. Linux counterpart:
 * arch/arm/include/asm/mmu.h
 */
#pragma once

#include <kernel/lib/types.h>

typedef struct {
	u64 id;                   /* generation above ASID_BITS, ASID below; 0: none yet */
	unsigned int vmalloc_seq; /* the state of init_mm's vmalloc entries that was last copied */
} mm_context_t;
