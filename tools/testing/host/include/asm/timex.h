/* SPDX-License-Identifier: MIT */
/* Host: a clock that advances by one tick a look. */
#pragma once

#include <kernel/lib/types.h>

static inline u64 get_cycles(void)
{
	static u64 ticks;

	return ++ticks;
}

static inline u32 get_cycles_hz(void)
{
	return 1000000000;
}
