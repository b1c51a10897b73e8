/* SPDX-License-Identifier: MIT */
/*
 * What the architecture keeps for each address space. Linux counterpart:
 * arch/arm64/include/asm/mmu.h
 */
#pragma once

#include <kernel/lib/types.h>

typedef struct {
	u64 id; /* generation above ASID_BITS, ASID below; 0: none yet */
} mm_context_t;
