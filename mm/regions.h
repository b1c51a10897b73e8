/* SPDX-License-Identifier: MIT */
/*
 * Declares the list of regions of the address space, of which each architecture has one.
 *
 * The list is in arch/<name>/regions.c. Boot prints it, ptdump takes its markers from it, and
 * describe_address() its sentences. Rows run from the highest address to the lowest; the parts of
 * the kernel image come last. A region inside another one comes after it. So the last row that
 * contains an address is the most exact one.
 *
 * Linux counterpart: address_markers[] in arch/<name>/mm/ptdump.c, and the layout that mem_init()
 * printed until 4.15 (arm64) and 5.0 (arm)
 */
#pragma once

#include <asm/memlayout.h>
#include <kernel/base/sections.h>
#include <kernel/lib/types.h>

struct region {
	unsigned long start, end; /* end is the first address behind it; both 0 until it is known */
	const char *name;         /* of its row in the layout that boot prints; NULL: it has none */
	const char *sentence;     /* owner of an address that lies in no area */
	const char *markers[2];   /* of its start and its end, in ptdump; NULL: none */
};

/* A row of the list. The markers follow the sentence, if there are any. */
#define REGION(start, end, name, sentence, ...)                               \
	{                                                                     \
		(unsigned long)(start), (unsigned long)(end), name, sentence, \
		{                                                             \
			__VA_ARGS__                                           \
		}                                                             \
	}

/* The last rows of each architecture's list: a program's half, and the parts of the image. */
#define REGIONS_OF_EVERY_ARCHITECTURE                                                     \
	REGION(PAGE_SIZE, TASK_SIZE, NULL, "user space"),                                 \
		REGION(0, PAGE_SIZE, NULL, "the first page: a NULL pointer"),             \
		REGION(_text, _end, NULL, "the kernel image"),                            \
		REGION(_text, _etext, ".text", "kernel code"),                            \
		REGION(__start_rodata, __end_rodata, ".rodata", "kernel read-only data"), \
		REGION(__init_begin, __init_end, ".init", "boot's own code and data"),    \
		REGION(_sdata, _edata, ".data", "kernel data"),                           \
		REGION(__bss_start, __bss_stop, ".bss", "kernel data")

/*
 * The list, ended by a row without a sentence. Nothing but regions_init() and regions_init_freed()
 * changes it.
 */
extern struct region regions[];

#define for_each_region(region) for (region = regions; (region)->sentence; (region)++)

/*
 * Boot: fills in the bounds that depend on the RAM found. From arch_memblock_init(), which knows
 * it. In arch/<name>/regions.c.
 */
void regions_init(void);

/*
 * Boot: what lies between __init_begin and __init_end is called freed from now on. Right after
 * free_initmem(). In describe.c.
 */
void regions_init_freed(void);

/* Returns the innermost region that contains addr, or NULL. In describe.c. Any context. */
const struct region *find_region(unsigned long addr);
