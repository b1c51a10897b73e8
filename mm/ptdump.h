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
struct seq_pos;

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

/* The same of an entry that leads to a table, and the physical address of that table. */
const struct ptdump_field *ptdump_table_fields(void);
phys_addr_t ptdump_table_phys(u64 entry);

/* The word before a line's attributes, or ""; table is the entry that led to a pte. */
const char *ptdump_prefix(enum pgtable_level level, u64 entry, u64 table);

/* Prints one line: the pieces of an address that index the tables, their bits and their numbers. */
void ptdump_split(struct seq_buf *s, unsigned long addr);

/* --- Rows that apply to an entry --- */

/* The next row from field on that applies to the entry; the empty row at the end. */
const struct ptdump_field *ptdump_next_match(const struct ptdump_field *field, u64 entry,
					     u64 *done);

/* All rows from field on that apply, in order, one for each mask; done is the loop's own. */
#define for_each_match(field, entry, done)                                            \
	for (done = 0, field = ptdump_next_match(field, entry, &(done)); field->word; \
	     field = ptdump_next_match(field + 1, entry, &(done)))

/* --- The dump --- */

/*
 * Appends the next line of the kernel's half, with the markers behind it. Returns false, with
 * nothing appended, behind the last. Process context; mappings may change meanwhile.
 */
bool ptdump_show(struct seq_buf *s, struct seq_pos *pos);
