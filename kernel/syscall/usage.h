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

/* Returns the limit of a resource, a number below RLIM_NLIMITS; all ones when it has none. */
u64 limit_of(unsigned int resource);

/*
 * Fills *usage for a run time in nanoseconds. All of it counts as user time, because the kernel
 * does not measure its own share. Any context.
 */
void fill_rusage(struct rusage *usage, u64 runtime);
