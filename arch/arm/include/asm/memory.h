/* SPDX-License-Identifier: MIT */
/*
 * Converts between physical addresses and the kernel's pointers to lowmem, which includes the
 * kernel image, by one offset. Device addresses and high memory cannot be converted: they have a
 * pointer only after ioremap() or kmap().
 *
 * Linux counterpart: arch/arm/include/asm/memory.h
 */
#pragma once

#include <asm/memlayout.h>
#include <kernel/lib/types.h>

/* Physical address of PAGE_OFFSET, as the entry code found it. */
extern phys_addr_t __pv_phys_offset;
#define PHYS_OFFSET __pv_phys_offset

#define __virt_to_phys(addr) ((phys_addr_t)((addr) - PAGE_OFFSET + PHYS_OFFSET))
#define __phys_to_virt(phys) \
	((void *)((unsigned long)((phys_addr_t)(phys) - PHYS_OFFSET) + PAGE_OFFSET))

#define __pa(x) __virt_to_phys((unsigned long)(x))
#define __va(x) __phys_to_virt(x)

static inline phys_addr_t virt_to_phys(const volatile void *addr)
{
	return __pa(addr);
}

static inline void *phys_to_virt(phys_addr_t phys)
{
	return __va(phys);
}
