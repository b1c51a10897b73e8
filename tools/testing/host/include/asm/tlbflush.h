/* SPDX-License-Identifier: MIT */
/* Host: calls that stubs.c logs (host.h). */
#pragma once

#include <asm/barrier.h>
#include <asm/memlayout.h>

void flush_tlb_all(void);
void flush_tlb_kernel_range(unsigned long start, unsigned long end);

static inline void flush_tlb_asid(unsigned int asid)
{
	flush_tlb_all();
}
