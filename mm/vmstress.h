/* SPDX-License-Identifier: MIT */
/*
 * Hard use of vmalloc, by scenarios: many areas, many sizes, many alignments. Each scenario is made
 * of short steps, so that the caller can tell how far it is, let others run, and stop; and each is
 * asked at its end whether it left anything behind.
 *
 * What must be as before: the busy areas, in number and in place, and the pages. A page counts as
 * there when it is free, or is a table of vmalloc space (a table stays for the next mapping), or
 * one of the slabs; of those, each cache may keep one more than before.
 *
 * Linux counterpart: lib/test_vmalloc.c (a module of threads, that measures time).
 */
#pragma once

#include <kernel/lib/types.h>

struct vmstress;

/* A row of the table. All three return false when something went wrong. */
struct vmstress_scenario {
	unsigned int bit; /* in TEST */
	const char *name;
	bool (*prepare)(struct vmstress *run); /* or NULL */
	bool (*step)(struct vmstress *run);    /* bounded: milliseconds */
};

/* What there is, to be compared. */
struct vmstress_census {
	unsigned long areas; /* a sum over the addresses of all busy areas */
	unsigned long pages; /* free, tables and slabs */
	unsigned long slabs;
};

/* One scenario on its way. */
struct vmstress {
	const struct vmstress_scenario *scenario;
	u32 random;  /* the state of the generator, never 0 */
	void **kept; /* areas that live until the end */
	unsigned int nr_kept;
	void (*release)(const void *addr); /* what takes one of them back */
	struct page *shared;               /* a page that many areas show */
	struct vmstress_census before;
	const char *error; /* the first thing that went wrong, or NULL */
};

/* By bit; ends with an empty row. */
extern const struct vmstress_scenario vmstress_scenarios[];

/* The sum of all bits of the table. */
unsigned int vmstress_all(void);

/*
 * Begin a scenario, take steps, end it: end() must follow begin() whatever came between. False
 * when something went wrong, and run->error says what. The same seed gives the same steps.
 * Process context, one run at a time; areas that others make meanwhile count as left behind.
 */
bool vmstress_begin(struct vmstress *run, const struct vmstress_scenario *scenario, u32 seed);
bool vmstress_step(struct vmstress *run);
bool vmstress_end(struct vmstress *run);
