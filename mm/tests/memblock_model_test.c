/* SPDX-License-Identifier: MIT */
/*
 * memblock against a model: an array of cells, each with its own state, that is obviously right.
 * Thousands of random changes (the same ones each time) are made to both; after each, regions,
 * questions and the place of the next allocation must agree.
 */
#include "memblock_fixture.h"

#include <kernel/lib/macros.h>

/* The host is fast; in the kernel, mostly under emulation, a taste of it is enough. */
#ifdef CONFIG_HOST
#define ROUNDS 20000
#else
#define ROUNDS 1000
#endif

#define CELLS 128
#define CELL  0x100ULL
#define BASE  0x1000ULL /* page 0 is never allocated */
#define NONE  (-1)

static int memory_model[CELLS], reserved_model[CELLS];

/* --- One random change, to both --- */

enum { ADD, REMOVE, MARK, CLEAR, RESERVE, FREE, CHANGES };

static void change_lists(unsigned int what, phys_addr_t base, phys_addr_t size, int flags)
{
	static int (*const change[])(phys_addr_t base, phys_addr_t size) = {
		[REMOVE] = memblock_remove,     [MARK] = memblock_mark_nomap,
		[CLEAR] = memblock_clear_nomap, [RESERVE] = memblock_reserve,
		[FREE] = memblock_phys_free,
	};

	if (what == ADD)
		memblock_add_node(base, size, NUMA_NO_NODE, flags);
	else
		change[what](base, size);
}

static void change_cell(unsigned int what, unsigned int cell, int flags)
{
	int *state = what < RESERVE ? &memory_model[cell] : &reserved_model[cell];

	if (what == REMOVE || what == FREE)
		*state = NONE;
	else if (*state == NONE && (what == ADD || what == RESERVE))
		*state = flags;
	else if (*state != NONE && what == MARK)
		*state |= MEMBLOCK_NOMAP;
	else if (*state != NONE && what == CLEAR)
		*state &= ~MEMBLOCK_NOMAP;
}

static void change_both(void)
{
	unsigned int what = random_below(CHANGES), first = random_below(CELLS);
	unsigned int cells = random_below(min(CELLS - first, 24U) + 1), i;
	int flags = what == ADD ? random_below(3) : MEMBLOCK_NONE;

	change_lists(what, BASE + first * CELL, cells * CELL, flags);
	for (i = first; i < first + cells; i++)
		change_cell(what, i, flags);
}

/* --- Comparing --- */

static unsigned int run_length(const int *model, unsigned int cell)
{
	unsigned int end = cell;

	while (end < CELLS && model[end] == model[cell])
		end++;
	return end - cell;
}

static bool same_regions(const struct memblock_type *type, const int *model)
{
	const struct memblock_region *region = type->regions;
	phys_addr_t total = 0;
	unsigned int cell, run;

	for (cell = 0; cell < CELLS; cell += run) {
		run = run_length(model, cell);
		if (model[cell] == NONE)
			continue;
		if (region == type->regions + type->cnt || region->base != BASE + cell * CELL ||
		    region->size != run * CELL || region->flags != model[cell])
			return false;
		total += region->size;
		region++;
	}
	return region == type->regions + type->cnt && type->total_size == total;
}

static bool same_answers(void)
{
	unsigned int cell;

	for (cell = 0; cell < CELLS; cell++) {
		phys_addr_t addr = BASE + cell * CELL + random_below(CELL);
		int state = memory_model[cell];

		if (memblock_is_memory(addr) != (state != NONE) ||
		    memblock_is_map_memory(addr) != (state != NONE && !(state & MEMBLOCK_NOMAP)) ||
		    memblock_is_reserved(addr) != (reserved_model[cell] != NONE))
			return false;
	}
	return true;
}

static bool cells_are_free(unsigned int first, unsigned int cells)
{
	unsigned int i;

	for (i = first; i < first + cells; i++)
		if (memory_model[i] == NONE || (memory_model[i] & MEMBLOCK_NOMAP) ||
		    memory_model[i] != memory_model[first] || reserved_model[i] != NONE)
			return false;
	return true;
}

/* Where an allocation must go: tries every place. */
static phys_addr_t model_alloc(unsigned int cells, unsigned int align, unsigned int low,
			       unsigned int high)
{
	phys_addr_t found = 0;
	unsigned int cell;

	for (cell = low; cell + cells <= high; cell++) {
		if (!IS_ALIGNED(BASE + cell * CELL, align * CELL) || !cells_are_free(cell, cells))
			continue;
		found = BASE + cell * CELL;
		if (memblock_bottom_up())
			break;
	}
	return found;
}

static bool same_allocation(void)
{
	unsigned int cells = 1 + random_below(6), align = 1 << random_below(4), i;
	unsigned int low = random_below(CELLS), high = low + random_below(CELLS - low) + 1;
	phys_addr_t want, got;

	memblock_set_bottom_up(random_below(2));
	want = model_alloc(cells, align, low, high);
	got = memblock_phys_alloc_range(cells * CELL, align * CELL, BASE + low * CELL,
					BASE + high * CELL);
	for (i = 0; got && i < cells; i++)
		reserved_model[(got - BASE) / CELL + i] = MEMBLOCK_NONE;
	return got == want;
}

static void random_changes_test(struct kunit *test)
{
	unsigned int i;

	memset(memory_model, 0xff, sizeof(memory_model));
	memset(reserved_model, 0xff, sizeof(reserved_model));
	for (i = 0; i < ROUNDS; i++) {
		change_both();
		KUNIT_ASSERT_TRUE(test, same_regions(&memblock.memory, memory_model));
		KUNIT_ASSERT_TRUE(test, same_regions(&memblock.reserved, reserved_model));
		KUNIT_ASSERT_TRUE(test, same_answers());
		KUNIT_ASSERT_TRUE(test, same_allocation());
		KUNIT_ASSERT_TRUE(test, same_regions(&memblock.reserved, reserved_model));
	}
}

static const struct kunit_case cases[] = {
	KUNIT_CASE(random_changes_test),
	{},
};

static const struct kunit_suite memblock_model_suite = {
	.name = "memblock_model",
	.init = memblock_fixture_init,
	.exit = memblock_fixture_exit,
	.cases = cases,
};
kunit_test_suite(memblock_model_suite);
