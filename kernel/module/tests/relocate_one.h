/* SPDX-License-Identifier: MIT */
/*
 * Host: one relocation of one word, at the start of 64 bytes of code with room for veneers behind.
 * For the tests of each architecture's table.
 */
#pragma once

#include <kernel/lib/types.h>

/* The address of the word. */
unsigned long place_address(void);

/*
 * What the word becomes when it is `before`, and the symbol lies `distance` bytes from it. addend
 * is that of an architecture whose relocations have one.
 */
u32 relocate_at(unsigned int type, u32 before, long addend, long distance);

/* Why it is refused; "" when it is not. */
const char *refusal_at(unsigned int type, u32 before, long addend, long distance);

/* Veneers that the last relocation made, and words and addresses at word n of the first. */
unsigned int veneers_used(void);
u32 veneer_word(unsigned int n);
unsigned long veneer_address(unsigned int n);
