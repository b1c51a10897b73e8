/* SPDX-License-Identifier: MIT */
/*
 * Host: a machine with a table of static mappings and no architecture behind it. What would be
 * mapped is noted. Boot reads a table once, so each program has one machine.
 */
#pragma once

#include <kernel/lib/sizes.h>
#include <mm/static_vm.h>

#define PAGES(n) ((n) * PAGE_SIZE)
#define BASE     (VMALLOC_START + SZ_64M)
#define KEPT     (BASE + PAGES(32)) /* two pages from here are kept free */
#define RAM      0x80000000ULL      /* as far as memblock knows; RAM_SIZE of it */
#define RAM_SIZE SZ_1M
#define NR_ROWS  6

#define ROW(virt, phys, size, mtype) \
	{ .virtual = (virt), .pfn = (phys) >> PAGE_SHIFT, .length = (size), .type = (mtype) }

extern const struct map_desc static_rows[NR_ROWS];

/* What was noted. */
extern const struct map_desc *mapped_rows[8];
extern unsigned int nr_mapped, nr_fills;
extern unsigned int nr_mapped_at_fill;   /* when the first gap was filled */
extern unsigned int nr_new, nr_unmapped; /* by ioremap(), and by iounmap() */

/* Boots the machine, unless it has: the init of a suite. Returns 0. */
struct kunit;
int boot_machine(struct kunit *test);

/* Who kept the range free. */
extern const void *const keeper;
