/* SPDX-License-Identifier: MIT */
/*
 * Declares the path through the page tables to one address, in words, and the processor's own
 * answer for that address.
 *
 * Linux has no such print. Its show_pte() in arch/<name>/mm/fault.c prints the raw entries of a
 * fault.
 */
#pragma once

#include <kernel/lib/types.h>

struct mm_struct;
struct seq_buf;

/* The levels' names, by enum pgtable_level. */
extern const char *const pgtable_level_names[];

/* What the processor makes of an address. */
struct processor_answer {
	const char *fault; /* why it does not translate, in words; NULL: it does */
	phys_addr_t phys;  /* with the offset in the page; 0 after a fault */
	const char
		*memory; /* the memory type's word in fields.def; NULL: the processor did not say */
};

/*
 * Asks the processor to translate addr as for a read by the kernel, with the tables in use. It may
 * answer from its TLB. Any context. In arch/<name>/fault.c.
 */
void ask_processor(struct processor_answer *answer, unsigned long addr);

/*
 * Prints the path to addr in the tables of mm: how the address is split, a row for each level, the
 * physical address, the owner, and whether the processor agrees. verbose explains the words of each
 * row. addr lies in the half that these tables translate, and mm is init_mm or the current
 * process's. Process context.
 */
void ptwalk_show(struct seq_buf *s, struct mm_struct *mm, unsigned long addr, bool verbose);
