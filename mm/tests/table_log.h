/* SPDX-License-Identifier: MIT */
/*
 * Host: what the log (host.h) says of the rules of "break before make", whatever the code was that
 * wrote it. Read after the calls under test; host_reset() begins anew.
 */
#pragma once

#include <kernel/lib/types.h>

struct table_log {
	unsigned long made;    /* empty entries that became valid */
	unsigned long cleared; /* valid entries that became empty */
	unsigned long freed;   /* pages given back */

	/* Mistakes. */
	unsigned long replaced;       /* a valid entry became another valid one */
	unsigned long cleared_twice;  /* an empty entry was cleared */
	unsigned long remade_early;   /* an entry was cleared and made again without a flush */
	unsigned long freed_early;    /* a table was freed before the flush */
	unsigned long left_unflushed; /* entries cleared since the last flush */
	unsigned long left_unordered; /* ... made since the last flush_cache_vmap() or flush */
};

/* The log summed up. */
struct table_log count_log(void);

/* Has all of [start, end) been flushed by one call after the last entry was cleared? */
bool table_log_flushed(unsigned long start, unsigned long end);

/* Fails the test when a rule was broken since the reset, or when the log was too short to tell. */
struct kunit;
void expect_no_mistake(struct kunit *test);

/* Fails the test unless these words follow one another somewhere in host_log(). */
void expect_in_log(struct kunit *test, const char *words);
