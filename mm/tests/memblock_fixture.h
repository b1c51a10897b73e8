/* SPDX-License-Identifier: MIT */
/*
 * For tests of memblock: empty lists in `memblock` around each case, the real ones put aside. In
 * the kernel nobody else may ask memblock meanwhile: the selftests run one by one, before /init.
 */
#pragma once

#include <kernel/base/kunit.h>
#include <kernel/lib/string.h>
#include <mm/memblock.h>

static u32 random_state __maybe_unused = 2463534242U;

/* Marsaglia's xorshift; a product instead of a remainder, for arm has no division. */
static inline unsigned int random_below(unsigned int n)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return (u64)random_state * n >> 32;
}

static struct memblock fixture_saved;
static struct memblock_region fixture_memory[INIT_MEMBLOCK_REGIONS];
static struct memblock_region fixture_reserved[INIT_MEMBLOCK_REGIONS];

static int memblock_fixture_init(struct kunit *test)
{
	fixture_saved = memblock;
	memset(fixture_memory, 0, sizeof(fixture_memory));
	memset(fixture_reserved, 0, sizeof(fixture_reserved));
	memblock = (struct memblock){
		.current_limit = MEMBLOCK_ALLOC_ANYWHERE,
		.memory = { .max = INIT_MEMBLOCK_REGIONS, .regions = fixture_memory },
		.reserved = { .max = INIT_MEMBLOCK_REGIONS, .regions = fixture_reserved },
	};
	memblock.memory.name = "memory";
	memblock.reserved.name = "reserved";
	return 0;
}

static void memblock_fixture_exit(struct kunit *test)
{
	memblock = fixture_saved;
}
