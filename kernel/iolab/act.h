/* SPDX-License-Identifier: MIT */
/*
 * What `ioremap -v` prints: the act of an ioremap(), told by the tables before and after it.
 */
#pragma once

#include <mm/ioremap.h>
#include <mm/pagewalk.h>

struct seq_buf;

/* What is known before the act. */
struct iolab_act {
	const struct ioremap_plan *plan;
	unsigned long start; /* where the area will be; 0: there is no place */
	unsigned long kept[PGTABLE_LEVEL_PTE + 1]; /* tables under it that stay, by level */
	unsigned long displaced;                   /* tables that a larger leaf will replace */
};

/*
 * Returns where the next area for size bytes of a device would begin, or 0 when there is no place.
 * The area is taken for a moment: the next one of that size gets the same place, unless another
 * caller comes first. Process context.
 */
unsigned long iolab_next_place(unsigned long size);

/* Looks at the tables of the place. The plan must outlive act. Process context. */
void iolab_before_act(struct iolab_act *act, const struct ioremap_plan *plan);

/*
 * Prints where the area landed, what was written, its row of vmallocinfo, and the pointer, which
 * ioremap() has returned for the plan. Process context.
 */
void iolab_report_act(struct seq_buf *s, const struct iolab_act *act, unsigned long pointer);
