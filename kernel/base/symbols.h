/* SPDX-License-Identifier: MIT */
/*
 * Names for code addresses, from the table that the build puts into the image.
 *
 * Linux counterpart: include/linux/kallsyms.h
 */
#pragma once

#include <kernel/lib/types.h>

/* A symbol: where it starts, and its size in bytes, which ends where the next one starts. */
struct symbol {
	const char *name;
	unsigned long start;
	unsigned long size;
};

/* Makes %pS work. From boot, first thing. */
void symbols_init(void);

/* Finds the symbol that holds addr; false when addr is not kernel code. Any context. */
bool symbol_lookup(unsigned long addr, struct symbol *symbol);

/* Returns whether addr is in kernel code. */
bool symbol_address_is_code(unsigned long addr);

/* Writes "name+0xoff/0xlen", or the bare address when it has no name. Returns the length. */
int sprint_symbol(char *buf, size_t size, unsigned long addr);

/* The n-th symbol of the kernel in address order; false past the end. For /proc/kallsyms. */
bool kallsyms_nth(unsigned int n, struct symbol *symbol);
