/* SPDX-License-Identifier: MIT */
/* What a process has used, and what it may use. Linux counterpart: include/uapi/linux/resource.h */
#pragma once

#include <kernel/lib/types.h>

/* Times in seconds and microseconds; the rest, from the largest memory on, is not counted. */
struct rusage {
	long utime[2], stime[2];
	long uncounted[14];
};

/* Resources that have limits. */
#define RLIM_NLIMITS 16

/* The limit of one, a number below RLIM_NLIMITS; all ones: none. (identity.c) */
u64 limit_of(unsigned int resource);

/*
 * All of runtime, in nanoseconds, counts as the program's own: the kernel's share is not told
 * apart.
 */
void fill_rusage(struct rusage *usage, u64 runtime);
