/* SPDX-License-Identifier: MIT */
/*
 * Declares the dump of the kernel's page tables, and what an architecture must provide for it.
 *
 * It is /sys/kernel/debug/kernel_page_tables. Neighbouring entries of one level with equal
 * attributes are one line. Regions have markers.
 *
 * Linux counterpart: mm/ptdump.c, arch/arm64/mm/ptdump.c, arch/arm/mm/dump.c
 */
#pragma once

#include <kernel/lib/types.h>
#include <mm/pagewalk.h>

struct seq_buf;

/* A row of asm/fields.def. */
struct ptdump_field {
	u64 mask;
	u64 value;
	const char *word;
	const char *sentence; /* what the word means; NULL for blanks */
};

/* --- What the architecture says, in arch/<name>/ptdump.c --- */

/* The fields of a level's leaf descriptors, ended by an empty row. */
const struct ptdump_field *ptdump_fields(enum pgtable_level level);

/* The text between a line's size and its attributes; table is the entry that led to a pte. */
const char *ptdump_prefix(enum pgtable_level level, u64 entry, u64 table);

/* Prints one line: the pieces of an address that index the tables, their bits and their numbers. */
void ptdump_split(struct seq_buf *s, unsigned long addr);

/* --- The dump --- */

/* Prints all of the kernel's half. Process context; mappings may change meanwhile. */
void ptdump_show(struct seq_buf *s);

/* Prints the attributes of one leaf entry, as in the dump. */
void ptdump_describe(struct seq_buf *s, enum pgtable_level level, u64 entry);

/*
 * Prints the path from swapper_pg_dir to addr: how the address is split, then one line for each
 * level. verbose explains each word of the leaf.
 */
void ptdump_walk(struct seq_buf *s, unsigned long addr, bool verbose);
