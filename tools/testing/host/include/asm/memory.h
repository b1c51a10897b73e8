/* SPDX-License-Identifier: MIT */
/* Host: a physical address is the pointer itself. */
#pragma once

#include <asm/memlayout.h>
#include <kernel/lib/types.h>

#define PHYS_OFFSET 0

#define __pa(x) ((phys_addr_t)(unsigned long)(x))
#define __va(x) ((void *)(unsigned long)(x))

static inline phys_addr_t virt_to_phys(const volatile void *addr)
{
	return __pa(addr);
}

static inline void *phys_to_virt(phys_addr_t phys)
{
	return __va(phys);
}
