/* SPDX-License-Identifier: MIT */
/*
 * Where everything lives in the kernel's gigabyte of the address space: 4 KiB pages, two levels.
 *
 *   0xbf000000  MODULES_VADDR    modules, in reach of a branch into the kernel (14 MiB)
 *   0xbfe00000  PKMAP_BASE       short-lived maps of high memory (2 MiB)
 *   0xc0000000  PAGE_OFFSET      lowmem: RAM at a constant offset, up to
 *     +0x204000   swapper_pg_dir   the first-level table (16 KiB)
 *     +0x208000   the kernel image
 *               high_memory      the end of lowmem, then an 8 MiB hole
 *               VMALLOC_START    ioremap, vmalloc, vmap, kernel stacks (240 MiB by default)
 *   0xfee00000    PCI_IO_START     the PCI I/O port window (2 MiB), inside vmalloc
 *   0xff800000  VMALLOC_END
 *   0xff800000  FDT_FIXED_BASE   the device tree: in a window of three sections at first
 *   0xffc80000  FIXADDR_START    fixmap: early_ioremap below, permanent slots at the top
 *   0xfff00000  FIXADDR_END
 *   0xffff0000  VECTORS_BASE     the exception vectors (one page)
 *
 * User space is all below TASK_SIZE. One table, TTBR0's, translates both.
 *
 * Linux counterpart: arch/arm/include/asm/memory.h, Documentation/arm/memory.rst (6.1)
 */
#pragma once

#include <kernel/lib/const.h>
#include <kernel/lib/sizes.h>

#define PAGE_SHIFT 12
#define PAGE_SIZE  (UL(1) << PAGE_SHIFT)
#define PAGE_MASK  (~(PAGE_SIZE - 1))

#define PAGE_OFFSET   UL(0xc0000000)
#define MODULES_VADDR UL(0xbf000000)
#define MODULES_END   PKMAP_BASE
#define PKMAP_BASE    UL(0xbfe00000)
#define PKMAP_SIZE    UL(0x00200000)
#define TASK_SIZE     MODULES_VADDR

/* The kernel's addresses: from here to the top. */
#define KERNEL_HALF_START MODULES_VADDR

#define SWAPPER_OFFSET UL(0x204000)
#define TEXT_OFFSET    UL(0x208000)
#define KIMAGE_VADDR   (PAGE_OFFSET + TEXT_OFFSET)

/* The image ends below this. It contains its own tables, one PTE page for each 2 MiB. */
#define IMAGE_LIMIT (PAGE_OFFSET + SZ_8M)

/* RAM is assumed to start at the multiple of this below the image, as a zImage assumes. */
#define PHYS_ALIGN SZ_128M

#define VMALLOC_OFFSET       UL(0x00800000)
#define VMALLOC_START        (((unsigned long)high_memory + VMALLOC_OFFSET) & -VMALLOC_OFFSET)
#define VMALLOC_END          UL(0xff800000)
#define VMALLOC_DEFAULT_SIZE UL(0x0f000000)

/* What vmalloc space, its hole and lowmem share. */
#define LOWMEM_MAX (VMALLOC_END - VMALLOC_OFFSET - PAGE_OFFSET)

/* Where a machine may put its static mappings; its own table decides how much. */
#define STATIC_IO_BASE UL(0xff000000)

#define PCI_IO_START UL(0xfee00000)
#define PCI_IO_END   (PCI_IO_START + SZ_2M)

#define FDT_FIXED_BASE UL(0xff800000)
#define FDT_FIXED_SIZE (3 * SZ_1M)
#define MAX_FDT_SIZE   SZ_2M

#define FIXADDR_START UL(0xffc80000)
#define FIXADDR_END   UL(0xfff00000)
#define FIXADDR_TOP   (FIXADDR_END - PAGE_SIZE)

#define VECTORS_BASE UL(0xffff0000)

/*
 * An ioremap area is aligned to its size, but to no more than 2^24: the largest leaf, a
 * supersection.
 */
#define IOREMAP_MAX_ORDER 24

/*
 * A kernel stack is aligned to twice its size: bit THREAD_SHIFT of a stack pointer is 0 inside the
 * stack and 1 right below it, so that exception entry sees an overflow with a single bit test.
 */
#define THREAD_SHIFT        13
#define THREAD_SIZE         (UL(1) << THREAD_SHIFT)
#define THREAD_ALIGN        (2 * THREAD_SIZE)
#define OVERFLOW_STACK_SIZE SZ_4K

/* Exception entry clears the bits below, and has its processor's area (trap_init.c). */
#define SCRATCH_ALIGN 64

#ifndef __ASSEMBLER__
_Static_assert(MODULES_VADDR < PKMAP_BASE && PKMAP_BASE + PKMAP_SIZE == PAGE_OFFSET,
	       "pkmap below lowmem");
_Static_assert(PCI_IO_END <= VMALLOC_END && VMALLOC_END <= FDT_FIXED_BASE,
	       "PCI I/O inside vmalloc");
_Static_assert(FDT_FIXED_BASE + FDT_FIXED_SIZE <= FIXADDR_START, "device tree below fixmap");
_Static_assert(FIXADDR_END <= VECTORS_BASE, "fixmap below vectors");

/* First address past lowmem; set once the memory banks are known. */
extern void *high_memory;
#endif
