/* SPDX-License-Identifier: MIT */
/* Host: one processor, which uses the template itself. */
#pragma once

static inline unsigned long my_cpu_offset(void)
{
	return 0;
}

static inline void set_my_cpu_offset(unsigned long offset)
{
}
