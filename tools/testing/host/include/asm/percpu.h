/* SPDX-License-Identifier: MIT */
/* Host: one processor, which uses the first copy itself; tests may give copies to others. */
#pragma once

#define NR_CPUS 4

static inline unsigned long my_cpu_offset(void)
{
	return 0;
}
