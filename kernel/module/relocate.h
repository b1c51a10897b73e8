/* SPDX-License-Identifier: MIT */
/*
 * What relocations an architecture has: a table, and the few functions that know its instructions.
 *
 * Source: "ELF for the Arm Architecture" (IHI 0044) and "ELF for the Arm 64-bit Architecture"
 * (IHI 0056), relocation codes.
 * Linux counterpart: arch/<name>/kernel/module.c (there one switch)
 */
#pragma once

#include <asm/elf.h>
#include <kernel/lib/types.h>

/* What the value of a relocation is: symbol and addend, less this. */
enum relocation_base {
	FROM_ZERO,  /* an address */
	FROM_PLACE, /* a distance from what is changed */
	FROM_PAGE,  /* a distance in pages of 4 KiB */
};

#define RELOC_CHECKED 1 /* refused when the value does not fit */
#define RELOC_ALIGNED 2 /* refused when bits are lost below */
#define RELOC_BRANCH  4 /* goes by way of a veneer when the value does not fit */

struct relocation_type {
	unsigned int type;
	const char *name;
	u8 size;  /* bytes that it changes; 0: nothing */
	u8 base;  /* enum relocation_base */
	u8 shift; /* the field holds the value without that many low bits */
	u8 width; /* bits of the field */
	u8 field; /* which one: the architecture's own */
	u8 flags;
};

/* Ends with a row without a name. In arch/<name>/module.c, as all of these. */
extern const struct relocation_type relocation_types[];

/* The addend of a relocation: its own, or what the place holds. */
long relocation_addend(const struct relocation_type *type, const struct elf_reloc *reloc,
		       const void *place);

/* Writes value, cut to the field's width, to the field at place. */
void set_relocation_field(const struct relocation_type *type, void *place, unsigned long value);

/* Writes VENEER_SIZE bytes of code that go on at target. No register of the caller's changes. */
void make_veneer(void *place, unsigned long target);
