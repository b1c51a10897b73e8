/* SPDX-License-Identifier: MIT */
/* The load averages. Linux counterpart: include/linux/sched/loadavg.h */
#pragma once

#define FSHIFT  11
#define FIXED_1 (1UL << FSHIFT)

/* Of 1, 5 and 15 minutes, in units of FIXED_1. Only loadavg.c writes them. */
extern unsigned long avenrun[3];
