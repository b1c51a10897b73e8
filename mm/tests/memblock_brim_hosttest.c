/* SPDX-License-Identifier: MIT */
/*
 * memblock at the brim: a list that may not grow, near its 128 regions all the time. Whatever a
 * change needs in between, it must succeed when its result fits. The model is a state for each of a
 * row of cells; random changes whose result would have more regions are left out.
 *
 * On the host only: a change that does not succeed is a panic.
 */
#include "memblock_fixture.h"

#include <kernel/lib/macros.h>

#define ROUNDS 30000
#define CELLS  400
#define CELL   0x100ULL
#define BASE   0x1000ULL
#define NONE   (-1)

enum { ADD, REMOVE, MARK, CLEAR, CHANGES };

static int model[CELLS], changed[CELLS];
static unsigned long rounds_full; /* that began with a full list */

static int new_state(unsigned int what, int state, int flags)
{
	switch (what) {
	case ADD:
		return state == NONE ? flags : state;
	case MARK:
		return state == NONE ? NONE : state | MEMBLOCK_NOMAP;
	case CLEAR:
		return state == NONE ? NONE : state & ~MEMBLOCK_NOMAP;
	}
	return NONE;
}

static unsigned int count_regions(const int *cells)
{
	unsigned int i, count = 0;

	for (i = 0; i < CELLS; i++)
		count += cells[i] != NONE && (!i || cells[i] != cells[i - 1]);
	return count;
}

static int change_list(unsigned int what, phys_addr_t base, phys_addr_t size, int flags)
{
	switch (what) {
	case ADD:
		return memblock_add_node(base, size, NUMA_NO_NODE, flags);
	case MARK:
		return memblock_mark_nomap(base, size);
	case CLEAR:
		return memblock_clear_nomap(base, size);
	}
	return memblock_remove(base, size);
}

/* Single cells fill the list up; when it is full, what comes next may split and join much. */
static int change_both(void)
{
	unsigned int what = random_below(CHANGES), first = random_below(CELLS);
	bool full = memblock.memory.cnt == INIT_MEMBLOCK_REGIONS;
	unsigned int cells = full ? min(random_below(24) + 1, CELLS - first) : 1, i;
	int flags = random_below(4); /* neither, HOTPLUG, MIRROR, both */

	memcpy(changed, model, sizeof(model));
	for (i = first; i < first + cells; i++)
		changed[i] = new_state(what, model[i], flags);
	if (count_regions(changed) > INIT_MEMBLOCK_REGIONS)
		return 0;
	rounds_full += full;
	memcpy(model, changed, sizeof(model));
	return change_list(what, BASE + first * CELL, cells * CELL, flags);
}

static bool same_list(void)
{
	const struct memblock_region *region = memblock.memory.regions;
	unsigned int i, n = count_regions(model);
	phys_addr_t total = 0;

	for (i = 0; i < CELLS; i++) {
		if (model[i] == NONE)
			continue;
		if (i && model[i] == model[i - 1])
			continue;
		if (region->base != BASE + i * CELL || region->flags != model[i])
			return false;
		for (; i + 1 < CELLS && model[i + 1] == model[i]; i++)
			;
		if (region->base + region->size != BASE + (i + 1) * CELL)
			return false;
		total += region++->size;
	}
	return n == memblock.memory.cnt && total == memblock.memory.total_size &&
	       (n == INIT_MEMBLOCK_REGIONS || !region->size);
}

static void what_fits_succeeds(struct kunit *test)
{
	unsigned int i;

	memset(model, 0xff, sizeof(model));
	for (i = 0; i < ROUNDS; i++) {
		KUNIT_ASSERT_EQ(test, change_both(), 0);
		KUNIT_ASSERT_TRUE(test, same_list());
		KUNIT_ASSERT_EQ(test, memblock.memory.max, 128UL);
	}
	KUNIT_EXPECT_GT(test, rounds_full, ROUNDS / 20UL);
}

static const struct kunit_case cases[] = {
	KUNIT_CASE(what_fits_succeeds),
	{},
};

static const struct kunit_suite memblock_brim_suite = {
	.name = "memblock_brim",
	.init = memblock_fixture_init,
	.exit = memblock_fixture_exit,
	.cases = cases,
};
kunit_test_suite(memblock_brim_suite);
