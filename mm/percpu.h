/* SPDX-License-Identifier: MIT */
/*
 * Declares memory of which each processor has a copy, allocated at run time.
 *
 * What alloc_percpu() returns is used like the address of a DEFINE_PER_CPU variable: only through
 * this_cpu_ptr(), per_cpu_ptr() and their kin (kernel/base/percpu.h), never directly.
 *
 * Linux counterpart: include/linux/percpu.h, pcpu_get_vm_areas() of include/linux/vmalloc.h
 */
#pragma once

#include <kernel/base/percpu.h>
#include <kernel/lib/types.h>

/*
 * Boot, once, before the first allocation: the machine has nr processors, at most NR_CPUS. Gives
 * each its copies of the variables.
 */
void setup_per_cpu_areas(unsigned int nr);

/*
 * Allocates size bytes for each processor of the machine, zeroed, aligned to align, a power of two
 * up to PAGE_SIZE. NULL when memory is short; with a warning when size is 0 or more than
 * PCPU_UNIT_SIZE - PAGE_SIZE. Process context.
 */
void *__alloc_percpu(size_t size, size_t align);

#define alloc_percpu(type) ((type *)__alloc_percpu(sizeof(type), __alignof__(type)))

/* Frees it. NULL is ignored; anything else is refused with a warning. Process context. */
void free_percpu(void *ptr);

/* Pages that per-CPU memory holds now. */
unsigned long pcpu_nr_pages(void);

/* --- The areas that it comes from (mm/pcpu_areas.c) --- */

struct vm_struct;

/*
 * Reserves nr_vms areas for sizes[i] bytes and a guard page each, at the highest base of vmalloc
 * space, a multiple of align, from which each is offsets[i] bytes away. Sizes and align are whole
 * pages, offsets multiples of align; with its guard page no area reaches another. Nothing is
 * mapped. Returns the array of areas, for pcpu_free_vm_areas(), or NULL without room or memory.
 * Process context.
 */
struct vm_struct **pcpu_get_vm_areas(const unsigned long *offsets, const size_t *sizes, int nr_vms,
				     size_t align);

/* Unmaps all of them and frees them; the pages are the caller's. */
void pcpu_free_vm_areas(struct vm_struct **vms, int nr_vms);
