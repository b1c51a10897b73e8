/* SPDX-License-Identifier: MIT */
/*
 * Host: watches every store to a translation table, every TLB flush and every table that is freed,
 * in the order in which they happen, and counts what breaks a rule of "break before make". The
 * rules are checked as it happens, so a test only looks at the counts afterwards.
 */
#pragma once

#include <kernel/lib/types.h>

struct table_log {
	unsigned long made;    /* empty entries that became valid */
	unsigned long cleared; /* valid entries that became empty */
	unsigned long freed;   /* pages given back */
	unsigned long syncs;   /* arch_sync_kernel_mappings() */

	/* Mistakes. */
	unsigned long replaced;       /* a valid entry became another valid one */
	unsigned long cleared_twice;  /* an empty entry was cleared */
	unsigned long remade_early;   /* an entry was cleared and made again without a flush */
	unsigned long freed_early;    /* a table was freed before the flush */
	unsigned long left_unflushed; /* entries cleared since the last flush */
};

extern struct table_log table_log;

/* Forgets everything but entries that still want a flush. */
void table_log_reset(void);

/* Has every page of [start, end) been flushed since the reset, after the last clear? */
bool table_log_flushed(unsigned long start, unsigned long end);

/* Fails the test when a rule was broken since the reset. */
struct kunit;
void expect_no_mistake(struct kunit *test);
