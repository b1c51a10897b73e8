/* SPDX-License-Identifier: MIT */
/*
 * Where everything lives in the kernel's half of the address space: 48 bits, 4 KiB pages, four
 * levels.
 *
 *   0xffff000000000000  PAGE_OFFSET        linear map: all RAM, at a constant offset (128 TiB)
 *   0xffff800000000000  MODULES_VADDR      modules, in reach of a branch into the kernel (128 MiB)
 *   0xffff800008000000  KIMAGE_VADDR       the kernel image, the first areas of
 *                       VMALLOC_START      vmalloc: ioremap, vmalloc, vmap, kernel stacks
 *   0xfffffbfff0000000  VMALLOC_END        (almost 124 TiB)
 *                       FIXADDR_TOT_START  boot-time slots: early_ioremap, table windows
 *                       FIXADDR_START      permanent slots: early console, 4 MiB of device tree
 *   0xfffffbfffe000000  FIXADDR_TOP
 *   0xfffffbfffe800000  PCI_IO_START       the PCI I/O port window (16 MiB)
 *   0xfffffbffff800000  PCI_IO_END
 *
 * User space is the other half, below TASK_SIZE, translated by TTBR0.
 *
 * Linux counterpart: arch/arm64/include/asm/memory.h, Documentation/arm64/memory.rst (6.1)
 */
#pragma once

#include <kernel/lib/const.h>
#include <kernel/lib/sizes.h>

#define PAGE_SHIFT 12
#define PAGE_SIZE  (UL(1) << PAGE_SHIFT)
#define PAGE_MASK  (~(PAGE_SIZE - 1))

#define VA_BITS       48
#define PAGE_OFFSET   UL(0xffff000000000000)
#define PAGE_END      UL(0xffff800000000000)
#define MODULES_VADDR PAGE_END
#define MODULES_END   (MODULES_VADDR + SZ_128M)
#define KIMAGE_VADDR  MODULES_END
#define VMALLOC_START MODULES_END
#define VMALLOC_END   UL(0xfffffbfff0000000)

/* Where a machine may put its static mappings; its own table decides how much. */
#define STATIC_IO_BASE (VMALLOC_END - SZ_256M)

#define FIXADDR_TOP  UL(0xfffffbfffe000000)
#define PCI_IO_START UL(0xfffffbfffe800000)
#define PCI_IO_END   (PCI_IO_START + SZ_16M)
#define TASK_SIZE    (UL(1) << VA_BITS)

/* The addresses that TTBR1's tables translate: from here to the top. */
#define KERNEL_HALF_START PAGE_OFFSET

/* The linear map starts at a multiple of this, so that 1 GiB blocks fit whatever the RAM's base. */
#define MEMSTART_ALIGN SZ_1G

/* An image starts on a 2 MiB boundary, TEXT_OFFSET 0; its tables are reserved in the image. */
#define IMAGE_ALIGN    SZ_2M
#define IMAGE_MAX_SIZE SZ_8M

/* The largest device tree that the boot protocol allows. */
#define MAX_FDT_SIZE SZ_2M

/*
 * An ioremap area is aligned to its size, but to no more than 2^30: the largest leaf, a 1 GiB
 * block.
 */
#define IOREMAP_MAX_ORDER 30

/*
 * A kernel stack is aligned to twice its size: bit THREAD_SHIFT of a stack pointer is 0 inside the
 * stack and 1 right below it, so that exception entry sees an overflow with a single bit test.
 */
#define THREAD_SHIFT        14
#define THREAD_SIZE         (UL(1) << THREAD_SHIFT)
#define THREAD_ALIGN        (2 * THREAD_SIZE)
#define OVERFLOW_STACK_SIZE SZ_4K

#ifndef __ASSEMBLER__
_Static_assert(PAGE_OFFSET < MODULES_VADDR && MODULES_END <= VMALLOC_START,
	       "modules below vmalloc");
_Static_assert(VMALLOC_START < VMALLOC_END && VMALLOC_END < FIXADDR_TOP, "vmalloc below fixmap");
_Static_assert(FIXADDR_TOP < PCI_IO_START, "fixmap below PCI I/O");
_Static_assert(KIMAGE_VADDR % IMAGE_ALIGN == 0, "the image can be mapped by blocks");

/* First address past the linear map of the RAM found; set by arch_memblock_init(). */
extern void *high_memory;
#endif
