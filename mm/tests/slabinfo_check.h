/* SPDX-License-Identifier: MIT */
/*
 * Reading the rows of slabinfo, for tests: how many objects of a cache are in use, how large they
 * are.
 */
#pragma once

#include <kernel/base/seq_buf.h>
#include <kernel/lib/ctype.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/slab.h>

static char slabinfo[4096];

static inline void read_slabinfo(void)
{
	struct seq_buf m;

	seq_buf_init(&m, slabinfo, sizeof(slabinfo));
	slabinfo_show(&m);
}

/* The numbers of a row, in Linux's order. */
enum { ACTIVE_OBJS, NUM_OBJS, OBJSIZE, OBJPERSLAB, PAGESPERSLAB, NUM_SLABS = 9 };

/* The n-th number of a row, behind the name. */
static inline unsigned long number_in(const char *row, unsigned int n)
{
	unsigned long number = 0;

	row += strcspn(row, " ");
	for (;; n--) {
		while (!isdigit(*row))
			row++;
		for (number = 0; isdigit(*row); row++)
			number = number * 10 + *row - '0';
		if (!n)
			return number;
	}
}

/* The same of the row of a cache; all ones when there is none. */
static inline unsigned long cache_number(const char *name, unsigned int n)
{
	const char *row;
	char start[32];

	read_slabinfo();
	snprintf(start, sizeof(start), "\n%s ", name);
	row = strstr(slabinfo, start);
	return row ? number_in(row + 1, n) : ~0UL;
}

/* Objects of a cache that are in use. */
static inline unsigned long active_objects(const char *name)
{
	return cache_number(name, ACTIVE_OBJS);
}
