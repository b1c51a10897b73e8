/* SPDX-License-Identifier: MIT */
/*
 * Converts between physical addresses and the kernel's pointers to RAM.
 *
 * RAM has one pointer in the linear map. The kernel image has a second one, in vmalloc space, where
 * it was linked to run. __va() always returns the first, __pa() accepts both. Device addresses
 * cannot be converted: they have a pointer only after ioremap().
 *
 * Linux counterpart: arch/arm64/include/asm/memory.h
 */
#pragma once

#include <asm/memlayout.h>
#include <kernel/lib/types.h>

/* Physical address of PAGE_OFFSET. Known once the memory banks are. */
extern phys_addr_t memstart_addr;
#define PHYS_OFFSET memstart_addr

/* Distance from the image's physical to its virtual address; known from the first table on. */
extern u64 kimage_voffset;

static inline bool __is_lm_address(unsigned long addr)
{
	return addr - PAGE_OFFSET < PAGE_END - PAGE_OFFSET;
}

static inline phys_addr_t __virt_to_phys(unsigned long addr)
{
	return __is_lm_address(addr) ? addr - PAGE_OFFSET + PHYS_OFFSET : addr - kimage_voffset;
}

/* A macro, like __va() in Linux: the walks of pgtable.h are made of it. */
#define __phys_to_virt(phys) ((void *)((phys_addr_t)(phys) - PHYS_OFFSET + PAGE_OFFSET))

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
