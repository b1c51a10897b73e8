/* SPDX-License-Identifier: MIT */
/*
 * Addresses through buses that are made here: translation, cell counts, and every way in which a
 * tree can be wrong about them.
 */

#include <drivers/of/of.h>
#include <drivers/of/of_private.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>

#define MAX_RANGES 8

/* The root has 2 address cells and 1 size cell, the bus below it 1 and 1. */
static struct of_bus root, bus;
static __be32 ranges[MAX_RANGES];

static int setup(struct kunit *test)
{
	root = (struct of_bus){ .addr_cells = 2, .size_cells = 1 };
	bus = (struct of_bus){ .addr_cells = 1, .size_cells = 1, .above = &root };
	return 0;
}

static void set_ranges(const u32 *cells, int count)
{
	int i;

	for (i = 0; i < count; i++)
		ranges[i] = cpu_to_be32(cells[i]);
	bus.ranges = ranges;
	bus.ranges_length = count * sizeof(*ranges);
}

/* The address that one row of reg below bus has for the CPU; size is 0x10. */
static int translate(u32 address, u64 *start)
{
	__be32 reg[] = { cpu_to_be32(address), cpu_to_be32(0x10) };
	u64 size;

	return of_translate_reg(&bus, reg, sizeof(reg), 0, start, &size);
}

static void windows_shift_addresses(struct kunit *test)
{
	static const u32 cells[] = {
		0x0, 0x1, 0x0c000000, 0x1000, 0x2000, 0x0, 0x40000000, 0x1000,
	};
	u64 start = 0;

	set_ranges(cells, ARRAY_SIZE(cells));
	KUNIT_EXPECT_EQ(test, translate(0x100, &start), 0);
	KUNIT_EXPECT_EQ(test, start, 0x10c000100ULL);
	KUNIT_EXPECT_EQ(test, translate(0xfff, &start), 0);
	KUNIT_EXPECT_EQ(test, start, 0x10c000fffULL);
	KUNIT_EXPECT_EQ(test, translate(0x2004, &start), 0);
	KUNIT_EXPECT_EQ(test, start, 0x40000004ULL);
	KUNIT_EXPECT_EQ(test, translate(0x1000, &start), -EINVAL);
	KUNIT_EXPECT_EQ(test, translate(0x3000, &start), -EINVAL);
}

static void empty_ranges_pass_through(struct kunit *test)
{
	u64 start = 0;

	set_ranges(NULL, 0);
	KUNIT_EXPECT_EQ(test, translate(0x12345678, &start), 0);
	KUNIT_EXPECT_EQ(test, start, 0x12345678ULL);
}

static void no_ranges_no_way(struct kunit *test)
{
	u64 start;

	KUNIT_EXPECT_EQ(test, translate(0x100, &start), -EINVAL);
}

static void nonsense_in_ranges_is_refused(struct kunit *test)
{
	static const u32 cut[] = { 0x0, 0x0, 0x0c000000 };
	static const u32 wraps[] = { 0x0, 0xffffffff, 0xffffff00, 0x1000 };
	u64 start;

	set_ranges(cut, ARRAY_SIZE(cut));
	KUNIT_EXPECT_EQ(test, translate(0x100, &start), -EINVAL);
	set_ranges(wraps, ARRAY_SIZE(wraps));
	KUNIT_EXPECT_EQ(test, translate(0x80, &start), 0);
	KUNIT_EXPECT_EQ(test, start, 0xffffffffffffff80ULL);
	KUNIT_EXPECT_EQ(test, translate(0x100, &start), -EINVAL);
	root.addr_cells = -1;
	KUNIT_EXPECT_EQ(test, translate(0x80, &start), -EINVAL);
}

/* A row that is not all there, is empty, wraps, or belongs to a bus without addresses. */
static void nonsense_in_reg_is_refused(struct kunit *test)
{
	static const __be32 reg[] = { 0, 0, 0, ~(__be32)0, ~(__be32)0, ~(__be32)0, 0, 0 };
	u64 start, size;

	KUNIT_EXPECT_EQ(test, of_translate_reg(&root, reg, 32, 0, &start, &size), -EINVAL);
	KUNIT_EXPECT_EQ(test, of_translate_reg(&root, reg, 32, 1, &start, &size), -EINVAL);
	KUNIT_EXPECT_EQ(test, of_translate_reg(&root, reg, 32, 2, &start, &size), -EINVAL);
	KUNIT_EXPECT_EQ(test, of_translate_reg(&root, reg, 32, -1, &start, &size), -EINVAL);
	KUNIT_EXPECT_EQ(test, of_translate_reg(&root, NULL, -1, 0, &start, &size), -EINVAL);
	root.addr_cells = 0;
	KUNIT_EXPECT_EQ(test, of_translate_reg(&root, reg + 3, 4, 0, &start, &size), -EINVAL);
	root.size_cells = -1;
	KUNIT_EXPECT_EQ(test, of_translate_reg(&root, reg + 3, 4, 0, &start, &size), -EINVAL);
}

static void cells_default_and_are_checked(struct kunit *test)
{
	static const __be32 zero = 0;
	const __be32 five = cpu_to_be32(5), three[] = { cpu_to_be32(3), 0 };

	KUNIT_EXPECT_EQ(test, of_cell_count("n", "#size-cells", NULL, -1, 1), 1);
	KUNIT_EXPECT_EQ(test, of_cell_count("n", "#size-cells", &zero, 4, 1), 0);
	KUNIT_EXPECT_EQ(test, of_cell_count("n", "#size-cells", three, 4, 1), 3);
	KUNIT_EXPECT_EQ(test, of_cell_count("n", "#size-cells", three, 8, 1), -1);
	KUNIT_EXPECT_EQ(test, of_cell_count("n", "#size-cells", three, 0, 1), -1);
	KUNIT_EXPECT_EQ(test, of_cell_count("n", "#size-cells", &five, 4, 1), -1);
}

static void numbers_take_their_last_cells(struct kunit *test)
{
	const __be32 cells[] = { cpu_to_be32(1), cpu_to_be32(2), cpu_to_be32(3) };

	KUNIT_EXPECT_EQ(test, of_read_number(cells, 0), 0ULL);
	KUNIT_EXPECT_EQ(test, of_read_number(cells, 1), 1ULL);
	KUNIT_EXPECT_EQ(test, of_read_number(cells, 2), 0x100000002ULL);
	KUNIT_EXPECT_EQ(test, of_read_number(cells, 3), 0x200000003ULL);
}

static const struct kunit_case address_cases[] = { KUNIT_CASE(windows_shift_addresses),
						   KUNIT_CASE(empty_ranges_pass_through),
						   KUNIT_CASE(no_ranges_no_way),
						   KUNIT_CASE(nonsense_in_ranges_is_refused),
						   KUNIT_CASE(nonsense_in_reg_is_refused),
						   KUNIT_CASE(cells_default_and_are_checked),
						   KUNIT_CASE(numbers_take_their_last_cells),
						   {} };

static const struct kunit_suite address_suite = {
	.name = "of_address",
	.init = setup,
	.cases = address_cases,
};
kunit_test_suite(address_suite);
