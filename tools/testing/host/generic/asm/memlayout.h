/* SPDX-License-Identifier: MIT */
/*
 * The address space of the host build that belongs to no architecture: constants only, nothing is
 * ever mapped there. Wide enough for the growth of cost to be measured.
 */
#pragma once

#include <kernel/lib/const.h>
#include <kernel/lib/sizes.h>

#define PAGE_SHIFT 12
#define PAGE_SIZE  (UL(1) << PAGE_SHIFT)
#define PAGE_MASK  (~(PAGE_SIZE - 1))

#if __SIZEOF_POINTER__ == 8
#define PAGE_OFFSET       UL(0xffff000000000000)
#define MODULES_VADDR     UL(0xffff800000000000)
#define MODULES_END       UL(0xffff800008000000)
#define VMALLOC_START     UL(0xffff800008000000)
#define VMALLOC_END       UL(0xffff810008000000)
#define FIXADDR_TOP       UL(0xfffffbfffe000000)
#define TASK_SIZE         UL(0x0000ffff00000000)
#define IOREMAP_MAX_ORDER 30
#else
#define PAGE_OFFSET       UL(0xc0000000)
#define MODULES_VADDR     UL(0xbf000000)
#define MODULES_END       UL(0xbfe00000)
#define VMALLOC_START     UL(0xf0800000)
#define VMALLOC_END       UL(0xff800000)
#define FIXADDR_TOP       UL(0xffeff000)
#define TASK_SIZE         MODULES_VADDR
#define IOREMAP_MAX_ORDER 24
#endif

#define THREAD_SHIFT        14
#define THREAD_SIZE         (UL(1) << THREAD_SHIFT)
#define THREAD_ALIGN        (2 * THREAD_SIZE)
#define OVERFLOW_STACK_SIZE SZ_4K

extern void *high_memory;

/* The largest device tree that the boot protocol allows. */
#define MAX_FDT_SIZE SZ_2M
