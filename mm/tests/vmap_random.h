/* SPDX-License-Identifier: MIT */
/*
 * Random requests to the address space allocator: each answer is compared with a plain walk over
 * the list. For the tests that run them, inside a part of the vmalloc range or in all of it.
 */
#pragma once

#include <kernel/lib/bitops.h>
#include <kernel/lib/macros.h>
#include <mm/slab.h>
#include <mm/tests/vmap_area_check.h>
#include <mm/vmalloc.h>

#define SLOTS 48

struct random_run {
	unsigned long start, end; /* the bounds of every request */
	unsigned int steps;
	unsigned int check_every; /* that many steps the whole tree is checked */
	u32 seed;
	struct vm_struct *slots[SLOTS];
};

static inline unsigned int random_below(struct random_run *run, unsigned int limit)
{
	run->seed = run->seed * 1664525 + 1013904223;
	return (u64)(run->seed >> 8) * limit >> 24;
}

/* The lowest fit by a walk; among holes of min_hole and more. 0: none. */
static inline unsigned long model_fit(const struct random_run *run, unsigned long size,
				      unsigned long align, unsigned long min_hole)
{
	unsigned long from = run->start, to, addr;
	const struct vmap_area *va;

	list_for_each_entry(va, &vmap_area_list, list) {
		if (va->va_end == va->va_start) /* an end, or the mark: it divides no gap */
			continue;
		to = min(va->va_start, run->end);
		addr = ALIGN(from, align);
		if (from < to && to - from >= min_hole && addr < to && to - addr >= size)
			return addr;
		from = max(from, va->va_end);
	}
	addr = ALIGN(from, align);
	if (from < run->end && run->end - from >= min_hole && addr < run->end &&
	    run->end - addr >= size)
		return addr;
	return 0;
}

/* Mostly a few pages; one request in 32 is of MiBs, so that it needs more than the next hole. */
static inline unsigned long random_size(struct random_run *run, bool is_ioremap)
{
	unsigned long pages = 1 + random_below(run, is_ioremap ? 40 : 100);

	return (random_below(run, 32) == 0 ? pages << 7 : pages) * PAGE_SIZE;
}

static inline struct vm_struct *random_get(struct kunit *test, struct random_run *run)
{
	bool is_ioremap = random_below(run, 3) == 0;
	unsigned long asked = random_size(run, is_ioremap), size = asked + PAGE_SIZE;
	unsigned long align = is_ioremap ? ioremap_align(asked) : PAGE_SIZE;
	unsigned long lowest = model_fit(run, size, align, 0);
	unsigned long certain = model_fit(run, size, align, size + align - PAGE_SIZE);
	struct vm_struct *vm = __get_vm_area_caller(asked, is_ioremap ? VM_IOREMAP : VM_ALLOC,
						    run->start, run->end, NULL);
	unsigned long addr = vm ? (unsigned long)vm->addr : 0;

	/*
	 * Never below the lowest fit, never above the lowest that is certain; both are one for
	 * pages.
	 */
	if (addr ? addr < lowest || !lowest || (certain && addr > certain) || addr & (align - 1)
		 : certain != 0)
		KUNIT_FAIL(test, "0x%lx given for 0x%lx bytes; lowest 0x%lx, certain 0x%lx", addr,
			   asked, lowest, certain);
	return vm;
}

/* Frees what the slot has, which any address inside finds; or fills it. */
static inline void random_step(struct kunit *test, struct random_run *run)
{
	struct vm_struct **slot = &run->slots[random_below(run, SLOTS)];
	const char *addr;

	if (!*slot) {
		*slot = random_get(test, run);
		return;
	}
	addr = (*slot)->addr;
	KUNIT_EXPECT_TRUE(test, find_vm_area(addr + random_below(run, (*slot)->size)) == *slot);
	KUNIT_EXPECT_TRUE(test, remove_vm_area(addr) == *slot);
	KUNIT_EXPECT_TRUE(test, find_vm_area(addr) == NULL);
	kfree(*slot);
	*slot = NULL;
}

/* Runs all steps, and leaves the areas as they were. */
static inline void run_random_requests(struct kunit *test, struct random_run *run)
{
	unsigned long before = fingerprint();
	unsigned int i;

	for (i = 0; i < run->steps && !test->failures; i++) {
		random_step(test, run);
		if (i % run->check_every == 0)
			expect_sound(test);
	}
	for (i = 0; i < SLOTS; i++) {
		if (run->slots[i])
			free_vm_area(run->slots[i]);
		run->slots[i] = NULL;
	}
	expect_sound(test);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}
