/* SPDX-License-Identifier: MIT */
/*
 * What only a program on the host can see of memblock: its state before first use, the panic of a
 * full list that may not grow, and its texts. A program of its own: nothing may have called
 * memblock_allow_resize() before.
 */
#include "memblock_fixture.h"

#include <host.h>
#include <kernel/base/param.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/tests/print_log.h>
#include <kernel/lib/macros.h>

static void before_first_use_test(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, fixture_saved.memory.cnt, 0UL);
	KUNIT_EXPECT_EQ(test, fixture_saved.memory.max, 128UL);
	KUNIT_EXPECT_EQ(test, fixture_saved.reserved.cnt, 0UL);
	KUNIT_EXPECT_EQ(test, fixture_saved.reserved.max, 128UL);
	KUNIT_EXPECT_STREQ(test, fixture_saved.memory.name, "memory");
	KUNIT_EXPECT_STREQ(test, fixture_saved.reserved.name, "reserved");
	KUNIT_EXPECT_FALSE(test, fixture_saved.bottom_up);
	KUNIT_EXPECT_EQ(test, fixture_saved.current_limit, MEMBLOCK_ALLOC_ANYWHERE);
}

static void reserve_one_more(void *arg)
{
	phys_addr_t *next = arg;

	memblock_reserve(*next, 1);
	*next += 2;
}

static void full_list_that_may_not_grow_panics_test(struct kunit *test)
{
	phys_addr_t next = 0x1000;

	memblock_add(0x10000, 0x100000);
	while (next < 0x1000 + 2 * 128)
		KUNIT_ASSERT_FALSE(test, host_panics(reserve_one_more, &next));
	KUNIT_EXPECT_EQ(test, memblock.reserved.cnt, 128UL);
	KUNIT_EXPECT_TRUE(test, host_panics(reserve_one_more, &next));
	KUNIT_EXPECT_STREQ(test, host_panic_text, "memblock: cannot resize reserved array\n");
	KUNIT_EXPECT_EQ(test, memblock.reserved.cnt, 128UL);
}

static void dump_test(struct kunit *test)
{
	memblock_add(0x40000000, 0x20000000);
	memblock_add_node(0x60000000, 0x1000, NUMA_NO_NODE, MEMBLOCK_NOMAP);
	memblock_reserve(0x4020000000, 0x10);

	print_log_start();
	memblock_dump_all();
	KUNIT_EXPECT_STREQ(test, print_log_stop(),
			   "MEMBLOCK configuration:\n"
			   " memory size = 0x20001000 reserved size = 0x10\n"
			   " memory.cnt  = 0x2\n"
			   " memory[0x0]\t[0x40000000-0x5fffffff], 0x20000000 bytes flags: 0x0\n"
			   " memory[0x1]\t[0x60000000-0x60000fff], 0x1000 bytes flags: 0x4\n"
			   " reserved.cnt  = 0x1\n"
			   " reserved[0x0]\t[0x4020000000-0x402000000f], 0x10 bytes flags: 0x0\n");
}

/* The log begins with this; the caller's address follows. NULL: nothing was logged. */
static void expect_logged(struct kunit *test, const char *wanted)
{
	const char *text = print_log_stop();

	if (wanted ? strncmp(text, wanted, strlen(wanted)) != 0 : text[0])
		KUNIT_FAIL(test, "not \"%s\": %s", wanted ?: "", text);
}

/* With `memblock=debug`, each call prints what it does, and its caller. */
static void debug_parameter_test(struct kunit *test)
{
	static const char *const lines[] = { "memblock=", "memblock=debugging", "memblock=debug" };
	phys_addr_t addr;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		print_log_start();
		parse_early_param(lines[i]);
		KUNIT_EXPECT_EQ(test, print_log_stop()[0] != 0, i < 2); /* a refusal is told */
		print_log_start();
		memblock_add(0x10000, 0x10000);
		expect_logged(test, i < 2 ? NULL : "memblock_add_node: [0x10000-0x1ffff] ");
	}
	print_log_start();
	addr = memblock_phys_alloc_range(0x100, 0x40, 0x10000, 0x20000);
	expect_logged(test, "memblock_phys_alloc_range: 256 bytes align=0x40 from=0x10000 "
			    "max_addr=0x20000 ");
	print_log_start();
	memblock_phys_free(addr, 0x100);
	expect_logged(test, "memblock_phys_free: [0x1ff00-0x1ffff] ");
	print_log_start();
	memblock_remove(0x10000, 1);
	expect_logged(test, "memblock_remove: [0x10000-0x10000] ");
	parse_early_param("memblock=");
}

static void show_test(struct kunit *test)
{
	struct seq_pos pos = {};
	struct seq_buf seq;
	char text[256];

	memblock_add(0x40000000, 0x20000000);
	memblock_add(0x8080000000, 0x1000);
	seq_buf_init(&seq, text, sizeof(text));
	while (memblock_show(&seq, &pos, &memblock.memory))
		;
	KUNIT_EXPECT_STREQ(test, text,
			   "   0: 0x0000000040000000..0x000000005fffffff\n"
			   "   1: 0x0000008080000000..0x0000008080000fff\n");
}

static void memory_limit_test(struct kunit *test)
{
	memblock_add(0x10000, 0x8000);
	memblock_add(0x20000, 0x8000);
	memblock_reserve(0x22000, 0x10000);
	memblock_enforce_memory_limit(0);
	memblock_enforce_memory_limit(0x10000);
	KUNIT_EXPECT_EQ(test, memblock_end_of_DRAM(), 0x28000ULL);
	memblock_enforce_memory_limit(0xb000);
	KUNIT_EXPECT_EQ(test, memblock_end_of_DRAM(), 0x23000ULL);
	KUNIT_EXPECT_EQ(test, memblock_phys_mem_size(), 0xb000ULL);
	KUNIT_EXPECT_EQ(test, memblock_reserved_size(), 0x1000ULL);
	memblock_reserve(0x18000, 0x100);
	memblock_enforce_memory_limit(0x8000);
	KUNIT_EXPECT_EQ(test, memblock_end_of_DRAM(), 0x18000ULL);
	KUNIT_EXPECT_EQ(test, memblock_reserved_size(), 0ULL);
}

static const struct kunit_case cases[] = {
	KUNIT_CASE(before_first_use_test),
	KUNIT_CASE(full_list_that_may_not_grow_panics_test),
	KUNIT_CASE(dump_test),
	KUNIT_CASE(debug_parameter_test),
	KUNIT_CASE(show_test),
	KUNIT_CASE(memory_limit_test),
	{},
};

static const struct kunit_suite memblock_boot_suite = {
	.name = "memblock_boot",
	.init = memblock_fixture_init,
	.exit = memblock_fixture_exit,
	.cases = cases,
};
kunit_test_suite(memblock_boot_suite);
