/* SPDX-License-Identifier: MIT */
/*
 * Names for code addresses: from the table that the build puts into the image, and from those that
 * loaded modules register.
 *
 * Linux counterpart: include/linux/kallsyms.h, kernel/module/kallsyms.c
 */
#pragma once

#include <kernel/lib/types.h>

struct seq_buf;
struct seq_pos;

/* A name of code that is not in the image. Its code ends where that of the next one starts. */
struct symbol_entry {
	unsigned long start;
	const char *name;
};

/* The names of one piece of memory that holds code and data. Its owner keeps it while it lives. */
struct symbol_table {
	const char *module;                 /* shown in brackets behind each name */
	unsigned long start, code_end, end; /* code in [start, code_end), data up to end */
	const struct symbol_entry *entries; /* in any order, each in the code */
	unsigned int count;
	const void *unwind; /* how its code is walked back, where compilers write that down */
	unsigned long unwind_size;
	struct symbol_table *next;
};

/*
 * Makes %pS work: "name+0xoff/0xlen", with " [module]" where it is one's, or the bare address when
 * it has no name. From boot, first thing.
 */
void symbols_init(void);

/*
 * Makes the names of a table known. The caller serialises this and symbols_unregister(), in process
 * context.
 */
void symbols_register(struct symbol_table *table);

/*
 * Makes them unknown. Another processor may still read the table, with interrupts off: it is freed
 * after each has taken an interrupt (kick_all_cpus_sync()).
 */
void symbols_unregister(struct symbol_table *table);

/* Returns whether addr is in code of the kernel or of a module. Any context. */
bool symbol_address_is_code(unsigned long addr);

/* The table with the names around addr, or NULL. Interrupts off, as long as it is used. */
const struct symbol_table *symbols_find_table(unsigned long addr);

/*
 * Appends "module NAME, code" or "module NAME, data" when addr is in one. Returns whether it is.
 * Any context.
 */
bool describe_module(struct seq_buf *s, unsigned long addr);

/* /proc/kallsyms: appends the next row, the kernel's in front of those of modules. */
bool kallsyms_show(struct seq_buf *s, struct seq_pos *pos);
