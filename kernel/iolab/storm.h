/* SPDX-License-Identifier: MIT */
/*
 * Declares what a thread of a storm does, for storm.c, which runs the threads.
 */
#pragma once

#include <kernel/lib/types.h>

#define STORM_SLOTS 24 /* of each thread: what it has at most */

struct storm_slot {
	const struct storm_kind *kind; /* NULL: free */
	void *addr;
	unsigned long size;
	u8 pattern;
};

struct storm_worker {
	u32 random; /* never 0 */
	unsigned long made;
	struct storm_slot slots[STORM_SLOTS];
};

/* The page that all mappings of pages show. Set before the first step; the caller's. */
extern struct page *storm_page;

/* The first thing that any thread has noticed, or NULL. */
extern const char *storm_error;
void storm_note_error(const char *error);

/* Fills or frees one slot of the worker, and asks the allocators for what it frees at once. */
void storm_step(struct storm_worker *worker);

/* Frees what a worker has; its thread has ended. */
void storm_free_slots(struct storm_worker *worker);
