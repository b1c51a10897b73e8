/* SPDX-License-Identifier: MIT */
/* Host: calls that stubs.c logs (host.h). */
#pragma once

#include <asm/barrier.h>

void flush_cache_vmap(unsigned long start, unsigned long end);
void flush_cache_vunmap(unsigned long start, unsigned long end);
void flush_icache_range(unsigned long start, unsigned long end);
void dcache_inval_poc(unsigned long start, unsigned long end);
