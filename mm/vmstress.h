/* SPDX-License-Identifier: MIT */
/*
 * Declares the stress scenarios of vmalloc, as short steps between which the caller can stop.
 *
 * The scenarios use many areas, many sizes and many alignments. Between two steps the caller can
 * print progress, let other tasks run, and stop. The end of each scenario checks that nothing is
 * left allocated.
 *
 * The busy areas and the number of pages must be as before, as mm_compare_census() says it.
 *
 * Linux counterpart: lib/test_vmalloc.c (a module of threads, that measures time).
 */
#pragma once

#include <kernel/lib/types.h>
#include <mm/check.h>

struct vmstress;

/* A row of the table. All three return false when something went wrong. */
struct vmstress_scenario {
	unsigned int bit; /* in TEST */
	const char *name;
	bool (*prepare)(struct vmstress *run); /* or NULL */
	bool (*step)(struct vmstress *run);    /* bounded: milliseconds */
};

/* One scenario that runs. */
struct vmstress {
	const struct vmstress_scenario *scenario;
	u32 random;  /* the state of the generator, never 0 */
	void **kept; /* areas that live until the end */
	unsigned int nr_kept;
	void (*release)(const void *addr); /* frees one of them */
	struct page *shared;               /* a page that many areas map */
	bool alone; /* no other task allocates meanwhile: what is left behind is counted */
	struct mm_census before;
	const char *error; /* the first thing that went wrong, or NULL */
};

/* By bit; ends with an empty row. */
extern const struct vmstress_scenario vmstress_scenarios[];

/* The sum of all bits of the table. */
unsigned int vmstress_all(void);

/*
 * Begin a scenario, take steps, end it. end() must follow begin() in any case. Return false when
 * something went wrong; run->error says what. The same seed gives the same steps. Process context.
 * With alone, areas that other code makes meanwhile count as left behind.
 */
bool vmstress_begin(struct vmstress *run, const struct vmstress_scenario *scenario, bool alone,
		    u32 seed);
bool vmstress_step(struct vmstress *run);
bool vmstress_end(struct vmstress *run);
