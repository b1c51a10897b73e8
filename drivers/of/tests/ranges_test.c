/* SPDX-License-Identifier: MIT */
/*
 * Addresses through buses, on a tree made here: translation, cell counts, and every way in which a
 * tree can be wrong.
 */

#include <drivers/of/of.h>
#include <drivers/of/of_private.h>
#include <drivers/of/tests/fdt_builder.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

static int setup(struct kunit *test)
{
	start_tree();
	return 0;
}

/*
 * The root (2 address cells, 1 size cell), a bus with 1 and 1 cells whose ranges the case gives,
 * and a device on it.
 */
static int build_bus(int *buses, const u32 *ranges, unsigned int range_cells)
{
	begin_node("");
	PROPERTY("#address-cells", 2);
	PROPERTY("#size-cells", 1);
	begin_node("bus");
	PROPERTY("#address-cells", 1);
	PROPERTY("#size-cells", 1);
	if (ranges)
		property("ranges", ranges, range_cells);
	begin_node("device@100");
	PROPERTY("reg", 0x100, 0x10);
	end_node();
	end_node();
	end_node();
	finish_tree();
	buses[0] = fdt_path_offset(&blob, "/bus");
	buses[1] = 0;
	return fdt_check_full(&blob, sizeof(blob));
}

static int translate(const int *buses, u32 address, u64 *result)
{
	__be32 cell = cpu_to_be32(address);

	return of_translate(&blob, buses, 2, &cell, result);
}

static void windows_shift_addresses(struct kunit *test)
{
	static const u32 ranges[] = {
		0x0, 0x1, 0x0c000000, 0x1000, 0x2000, 0x0, 0x40000000, 0x1000,
	};
	u64 result = 0;
	int buses[2];

	KUNIT_ASSERT_EQ(test, build_bus(buses, ranges, ARRAY_SIZE(ranges)), 0);
	KUNIT_EXPECT_EQ(test, translate(buses, 0x100, &result), 0);
	KUNIT_EXPECT_EQ(test, result, 0x10c000100ULL);
	KUNIT_EXPECT_EQ(test, translate(buses, 0xfff, &result), 0);
	KUNIT_EXPECT_EQ(test, result, 0x10c000fffULL);
	KUNIT_EXPECT_EQ(test, translate(buses, 0x2004, &result), 0);
	KUNIT_EXPECT_EQ(test, result, 0x40000004ULL);
	KUNIT_EXPECT_EQ(test, translate(buses, 0x1000, &result), -EINVAL);
	KUNIT_EXPECT_EQ(test, translate(buses, 0x3000, &result), -EINVAL);
}

static void empty_ranges_pass_through(struct kunit *test)
{
	static const u32 none[1];
	u64 result = 0;
	int buses[2];

	KUNIT_ASSERT_EQ(test, build_bus(buses, none, 0), 0);
	KUNIT_EXPECT_EQ(test, translate(buses, 0x12345678, &result), 0);
	KUNIT_EXPECT_EQ(test, result, 0x12345678ULL);
}

static void no_ranges_no_way(struct kunit *test)
{
	u64 result = 1;
	int buses[2];

	KUNIT_ASSERT_EQ(test, build_bus(buses, NULL, 0), 0);
	KUNIT_EXPECT_EQ(test, translate(buses, 0x100, &result), -EINVAL);
	KUNIT_EXPECT_EQ(test, result, 1ULL);
}

static void cut_ranges_are_refused(struct kunit *test)
{
	static const u32 ranges[] = { 0x0, 0x0, 0x0c000000 };
	u64 result;
	int buses[2];

	KUNIT_ASSERT_EQ(test, build_bus(buses, ranges, ARRAY_SIZE(ranges)), 0);
	KUNIT_EXPECT_EQ(test, translate(buses, 0x100, &result), -EINVAL);
}

static void cells_default_and_are_checked(struct kunit *test)
{
	struct of_bus bus;

	begin_node("");
	begin_node("bad");
	PROPERTY("#address-cells", 5);
	end_node();
	begin_node("long");
	PROPERTY("#size-cells", 1, 1);
	end_node();
	begin_node("pci");
	PROPERTY("#address-cells", 3);
	PROPERTY("#size-cells", 2);
	end_node();
	end_node();
	finish_tree();
	KUNIT_ASSERT_EQ(test, fdt_check_full(&blob, sizeof(blob)), 0);
	KUNIT_EXPECT_EQ(test, of_bus_cells(&blob, 0, &bus), 0);
	KUNIT_EXPECT_EQ(test, bus.addr_cells, 2);
	KUNIT_EXPECT_EQ(test, bus.size_cells, 1);
	KUNIT_EXPECT_EQ(test, of_bus_cells(&blob, fdt_path_offset(&blob, "/bad"), &bus), -EINVAL);
	KUNIT_EXPECT_EQ(test, of_bus_cells(&blob, fdt_path_offset(&blob, "/long"), &bus), -EINVAL);
	KUNIT_EXPECT_EQ(test, of_bus_cells(&blob, fdt_path_offset(&blob, "/pci"), &bus), 0);
	KUNIT_EXPECT_EQ(test, bus.addr_cells, 3);
}

static void numbers_take_their_last_cells(struct kunit *test)
{
	const __be32 cells[] = { cpu_to_be32(1), cpu_to_be32(2), cpu_to_be32(3) };

	KUNIT_EXPECT_EQ(test, of_read_number(cells, 0), 0ULL);
	KUNIT_EXPECT_EQ(test, of_read_number(cells, 1), 1ULL);
	KUNIT_EXPECT_EQ(test, of_read_number(cells, 2), 0x100000002ULL);
	KUNIT_EXPECT_EQ(test, of_read_number(cells, 3), 0x200000003ULL);
}

static const struct kunit_case ranges_cases[] = { KUNIT_CASE(windows_shift_addresses),
						  KUNIT_CASE(empty_ranges_pass_through),
						  KUNIT_CASE(no_ranges_no_way),
						  KUNIT_CASE(cut_ranges_are_refused),
						  KUNIT_CASE(cells_default_and_are_checked),
						  KUNIT_CASE(numbers_take_their_last_cells),
						  {} };

static const struct kunit_suite ranges_suite = {
	.name = "of_ranges",
	.init = setup,
	.cases = ranges_cases,
};
kunit_test_suite(ranges_suite);
