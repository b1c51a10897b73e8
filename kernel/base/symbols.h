/* SPDX-License-Identifier: MIT */
/*
 * Names for code addresses: the kernel's own table, made at link time, and the tables of whoever
 * registers one (modules do).
 *
 * Linux counterpart: include/linux/kallsyms.h
 */
#pragma once

#include <kernel/lib/list.h>
#include <kernel/lib/types.h>

/*
 * A symbol: where it starts, how long it is (to the next one), and whose it is (NULL: the
 * kernel's).
 */
struct symbol {
	const char *name;
	unsigned long start;
	unsigned long size;
	const char *module;
};

/* lookup() finds the symbol that holds addr, false when none does. It lives until unregistered. */
struct symbol_table {
	bool (*lookup)(struct symbol_table *table, unsigned long addr, struct symbol *symbol);
	struct list_head list;
};

/* Makes %pS work. From boot, first thing. */
void symbols_init(void);

void symbol_table_register(struct symbol_table *table);
void symbol_table_unregister(struct symbol_table *table);

/* Finds the symbol that holds addr. Any context. */
bool symbol_lookup(unsigned long addr, struct symbol *symbol);

/* Is addr in code that a table knows? */
bool symbol_address_is_code(unsigned long addr);

/* Writes "name+0xoff/0xlen", " [module]" after it where one owns it. Returns the length. */
int sprint_symbol(char *buf, size_t size, unsigned long addr);

/* The n-th symbol of the kernel in address order; false past the end. For /proc/kallsyms. */
bool kallsyms_nth(unsigned int n, struct symbol *symbol);
