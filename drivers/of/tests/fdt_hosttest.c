/* SPDX-License-Identifier: MIT */
/*
 * What boot reads from the flattened tree, on trees made here: several memory nodes, reservations,
 * the initrd, the command line, the console behind a bus; and nonsense in each place. It fills
 * memblock, so it runs on the host only.
 */

#include <drivers/of/of_fdt.h>
#include <drivers/of/tests/fdt_builder.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/base/param.h>
#include <mm/memblock.h>

#define TREE_AT 0x48000000ULL

static void forget(struct memblock_type *type)
{
	memset(type->regions, 0, type->cnt * sizeof(*type->regions));
	type->cnt = 0;
	type->total_size = 0;
}

static int setup(struct kunit *test)
{
	forget(&memblock.memory);
	forget(&memblock.reserved);
	start_tree();
	begin_node("");
	PROPERTY("#address-cells", 2);
	PROPERTY("#size-cells", 1);
	return 0;
}

static void memory_node(const char *name, u32 high, u32 low, u32 size)
{
	begin_node(name);
	string_property("device_type", "memory");
	PROPERTY("reg", high, low, size);
	end_node();
}

static bool finish(void)
{
	end_node();
	finish_tree();
	return early_init_dt_verify(&blob, TREE_AT);
}

static void memory_of_all_nodes_is_added(struct kunit *test)
{
	memory_node("memory@40000000", 0, 0x40000000, 0x10000000);
	begin_node("memory@60000000");
	string_property("device_type", "memory");
	PROPERTY("reg", 0, 0x60000000, 0x1000, 1, 0x0, 0x2000);
	end_node();
	begin_node("memory@70000000");
	string_property("device_type", "memory");
	string_property("status", "disabled");
	PROPERTY("reg", 0, 0x70000000, 0x1000);
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	early_init_dt_scan();
	KUNIT_EXPECT_EQ(test, memblock.memory.cnt, 3UL);
	KUNIT_EXPECT_TRUE(test, memblock_is_memory(0x4fffffff));
	KUNIT_EXPECT_TRUE(test, memblock_is_memory(0x60000fff));
	KUNIT_EXPECT_TRUE(test, memblock_is_memory(0x100001fff));
	KUNIT_EXPECT_FALSE(test, memblock_is_memory(0x70000000));
}

static void nonsense_is_skipped(struct kunit *test)
{
	begin_node("memory@1");
	string_property("device_type", "memory");
	PROPERTY("reg", 0, 0x60000000);
	end_node();
	memory_node("memory@2", ~0U, 0xfffff000, 0x2000);
	memory_node("memory@3", 0, 0x50000000, 0);
	begin_node("memory@4");
	string_property("device_type", "memory");
	end_node();
	memory_node("memory@40000000", 0, 0x40000000, 0x10000000);
	KUNIT_ASSERT_TRUE(test, finish());
	early_init_dt_scan();
	KUNIT_EXPECT_EQ(test, memblock.memory.cnt, 1UL);
	KUNIT_EXPECT_EQ(test, memblock.memory.regions[0].base, 0x40000000ULL);
}

static void scan(void *unused)
{
	early_init_dt_scan();
}

static void no_memory_is_the_end(struct kunit *test)
{
	begin_node("cpus");
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	KUNIT_EXPECT_TRUE(test, host_panics(scan, NULL));
}

static void everything_in_use_is_reserved(struct kunit *test)
{
	memory_node("memory@40000000", 0, 0x40000000, 0x10000000);
	reserve(0x41000000, 0x1000);
	begin_node("reserved-memory");
	PROPERTY("#address-cells", 1);
	PROPERTY("#size-cells", 1);
	begin_node("firmware@42000000");
	PROPERTY("reg", 0x42000000, 0x1000);
	end_node();
	begin_node("secure@43000000");
	PROPERTY("reg", 0x43000000, 0x1000);
	property("no-map", NULL, 0);
	end_node();
	end_node();
	begin_node("chosen");
	PROPERTY("linux,initrd-start", 0x44000000);
	PROPERTY("linux,initrd-end", 0, 0x44001000);
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	early_init_dt_scan();
	KUNIT_EXPECT_EQ(test, memblock.reserved.cnt, 4UL);
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(0x41000fff));
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(0x42000fff));
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(0x44000fff));
	KUNIT_EXPECT_FALSE(test, memblock_is_reserved(0x44001000));
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(TREE_AT));
	KUNIT_EXPECT_TRUE(test, memblock_is_memory(0x43000000));
	KUNIT_EXPECT_FALSE(test, memblock_is_map_memory(0x43000000));
}

static void memory_is_whole_pages(struct kunit *test)
{
	memory_node("memory@40000000", 0, 0x40000ffd, 0x10000010);
	memory_node("memory@60000000", 0, 0x60000001, 0xffe);
	memory_node("memory@ffffffff", ~0U, 0xfffffff0, 0xf);
	KUNIT_ASSERT_TRUE(test, finish());
	early_init_dt_scan();
	KUNIT_EXPECT_EQ(test, memblock.memory.cnt, 1UL);
	KUNIT_EXPECT_EQ(test, memblock.memory.regions[0].base, 0x40001000ULL);
	KUNIT_EXPECT_EQ(test, memblock.memory.regions[0].size, 0x10000000ULL);
}

static void no_map_region(u32 base, u32 size)
{
	begin_node("secure");
	PROPERTY("reg", 0, base, size);
	property("no-map", NULL, 0);
	end_node();
}

/* Whole pages, and none of the tree's, the initrd's or another reservation's. */
static void no_map_spares_what_is_in_use(struct kunit *test)
{
	memory_node("memory@40000000", 0, 0x40000000, 0x10000000);
	reserve(0x41000000, 0x1000);
	begin_node("chosen");
	PROPERTY("linux,initrd-start", 0x44000000);
	PROPERTY("linux,initrd-end", 0x44001000);
	end_node();
	begin_node("reserved-memory");
	no_map_region(0x40ffffff, 2);
	no_map_region(0x43fff000, 0x1001);
	no_map_region(TREE_AT, 1);
	no_map_region(0x45000fff, 2);
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	early_init_dt_scan();
	KUNIT_EXPECT_TRUE(test, memblock_is_map_memory(0x41000000));
	KUNIT_EXPECT_TRUE(test, memblock_is_map_memory(0x44000000));
	KUNIT_EXPECT_TRUE(test, memblock_is_map_memory(TREE_AT));
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(0x40ffffff));
	KUNIT_EXPECT_TRUE(test, memblock_is_map_memory(0x44fff000));
	KUNIT_EXPECT_FALSE(test, memblock_is_map_memory(0x45000000));
	KUNIT_EXPECT_FALSE(test, memblock_is_map_memory(0x45001fff));
	KUNIT_EXPECT_TRUE(test, memblock_is_map_memory(0x45002000));
}

/* Bytes up to the end of the property, as Linux takes them; and no more than fit. */
static void command_line_ends_with_its_property(struct kunit *test)
{
	static char long_line[COMMAND_LINE_SIZE + 10];

	begin_node("chosen");
	string_property("bootargs", "console=ttyAMA0 quiet");
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	KUNIT_EXPECT_STREQ(test, early_init_dt_bootargs(), "console=ttyAMA0 quiet");
	setup(test);
	begin_node("chosen");
	PROPERTY("bootargs", 0x61626364, 0x65006600);
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	KUNIT_EXPECT_STREQ(test, early_init_dt_bootargs(), "abcde");
	setup(test);
	begin_node("chosen");
	PROPERTY("bootargs", 0x61626364);
	PROPERTY("linux,initrd-start", 0x44001000);
	PROPERTY("linux,initrd-end", 0x44000000);
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	KUNIT_EXPECT_STREQ(test, early_init_dt_bootargs(), "abcd");
	KUNIT_EXPECT_FALSE(test, early_init_dt_initrd(&(phys_addr_t){ 0 }, &(phys_addr_t){ 0 }));
	setup(test);
	memset(long_line, 'x', sizeof(long_line) - 1);
	begin_node("chosen");
	string_property("bootargs", long_line);
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	KUNIT_EXPECT_EQ(test, strlen(early_init_dt_bootargs()), (size_t)COMMAND_LINE_SIZE);
}

/* The same for what is compared: type and status of memory. */
static void strings_end_with_their_property(struct kunit *test)
{
	begin_node("memory@40000000");
	PROPERTY("device_type", 0x6d656d6f, 0x72790000);
	PROPERTY("reg", 0, 0x40000000, 0x10000000);
	begin_property("status", 4);
	put(0x6f6b6179); /* "okay" */
	end_node();
	begin_node("memory@60000000");
	begin_property("device_type", 6);
	put_bytes("memory", 6);
	PROPERTY("reg", 0, 0x60000000, 0x10000000);
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	early_init_dt_scan();
	KUNIT_EXPECT_EQ(test, memblock.memory.cnt, 2UL);
}

static bool stdout_reg(phys_addr_t *start, phys_addr_t *size)
{
	struct of_flat_place at;

	return early_init_dt_stdout() >= 0 && of_flat_dt_goto(&at, early_init_dt_stdout()) &&
	       of_flat_dt_reg(&at, start, size);
}

/* A bus with two UARTs, of which the second can be switched off with the bus or alone. */
static void uarts(const char *bus_status, const char *status)
{
	begin_node("bus");
	PROPERTY("#address-cells", 1);
	PROPERTY("#size-cells", 1);
	PROPERTY("ranges", 0x0, 0x0, 0x09000000, 0x10000);
	string_property("status", bus_status);
	begin_node("uart@1000");
	string_property("compatible", "arm,pl011");
	PROPERTY("reg", 0x1000, 0x1000);
	end_node();
	begin_node("uart@2000");
	string_property("compatible", "arm,pl011");
	string_property("status", status);
	PROPERTY("reg", 0x2000, 0x200);
	end_node();
	end_node();
	begin_node("aliases");
	string_property("serial0", "/bus/uart@1000");
	string_property("serial1", "/bus/uart@2000");
	end_node();
}

static void console_behind_a_bus_is_found(struct kunit *test)
{
	phys_addr_t start = 0, size = 0;

	uarts("okay", "okay");
	begin_node("chosen");
	string_property("stdout-path", "/bus/uart@2000:115200n8");
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	KUNIT_ASSERT_TRUE(test, stdout_reg(&start, &size));
	KUNIT_EXPECT_EQ(test, start, 0x09002000ULL);
	KUNIT_EXPECT_EQ(test, size, 0x200ULL);
	KUNIT_EXPECT_TRUE(test, of_flat_dt_is_compatible(early_init_dt_stdout(), "arm,pl011"));
	KUNIT_EXPECT_FALSE(test, of_flat_dt_is_compatible(early_init_dt_stdout(), "arm,pl01"));
}

/* The name, under each of its names, as an alias, without a NUL; or the first serial port. */
static void console_has_many_names(struct kunit *test)
{
	static const struct {
		const char *property, *value;
		unsigned int bytes;
		u64 start;
	} rows[] = {
		{ "stdout-path", "serial1", 8, 0x09002000 },
		{ "stdout-path", "serial1:115200n8", 17, 0x09002000 },
		{ "stdout-path", "serial1", 7, 0x09002000 },
		{ "stdout-path", "", 1, 0x09001000 },
		{ "stdout-path", "/nowhere", 9, 0x09001000 },
		{ "stdout-path", "/", 2, 0x09001000 },
		{ "linux,stdout-path", "/bus/uart@2000", 15, 0x09002000 },
		{ "no-path", "serial1", 8, 0x09001000 },
	};
	phys_addr_t start, size;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		setup(test);
		uarts("okay", "ok");
		begin_node("chosen");
		begin_property(rows[i].property, rows[i].bytes);
		put_bytes(rows[i].value, rows[i].bytes);
		end_node();
		KUNIT_ASSERT_TRUE(test, finish());
		KUNIT_ASSERT_TRUE(test, stdout_reg(&start, &size));
		KUNIT_EXPECT_EQ(test, start, rows[i].start);
	}
}

/* A console that is switched off, alone or with its bus, is none. */
static void console_that_is_off_is_passed_over(struct kunit *test)
{
	phys_addr_t start, size;

	uarts("okay", "disabled");
	begin_node("chosen");
	string_property("stdout-path", "serial1");
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	KUNIT_ASSERT_TRUE(test, stdout_reg(&start, &size));
	KUNIT_EXPECT_EQ(test, start, 0x09001000ULL);
	setup(test);
	uarts("disabled", "okay");
	begin_node("chosen");
	string_property("stdout-path", "serial1");
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	KUNIT_EXPECT_TRUE(test, early_init_dt_stdout() < 0);
}

static void console_that_is_not_there(struct kunit *test)
{
	phys_addr_t start, size;

	begin_node("uart@1000");
	PROPERTY("reg", 0x1000);
	end_node();
	begin_node("chosen");
	string_property("stdout-path", "/uart@1000");
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	KUNIT_EXPECT_FALSE(test, stdout_reg(&start, &size));
	setup(test);
	begin_node("chosen");
	string_property("stdout-path", "/nowhere");
	end_node();
	KUNIT_ASSERT_TRUE(test, finish());
	KUNIT_EXPECT_TRUE(test, early_init_dt_stdout() < 0);
	setup(test);
	KUNIT_ASSERT_TRUE(test, finish());
	KUNIT_EXPECT_TRUE(test, early_init_dt_stdout() < 0);
}

static void a_broken_tree_is_refused(struct kunit *test)
{
	KUNIT_ASSERT_TRUE(test, finish());
	blob.header.magic = 0;
	KUNIT_EXPECT_FALSE(test, early_init_dt_verify(&blob, TREE_AT));
}

static const struct kunit_case fdt_cases[] = { KUNIT_CASE(memory_of_all_nodes_is_added),
					       KUNIT_CASE(nonsense_is_skipped),
					       KUNIT_CASE(no_memory_is_the_end),
					       KUNIT_CASE(everything_in_use_is_reserved),
					       KUNIT_CASE(memory_is_whole_pages),
					       KUNIT_CASE(no_map_spares_what_is_in_use),
					       KUNIT_CASE(command_line_ends_with_its_property),
					       KUNIT_CASE(strings_end_with_their_property),
					       KUNIT_CASE(console_behind_a_bus_is_found),
					       KUNIT_CASE(console_has_many_names),
					       KUNIT_CASE(console_that_is_off_is_passed_over),
					       KUNIT_CASE(console_that_is_not_there),
					       KUNIT_CASE(a_broken_tree_is_refused),
					       {} };

static const struct kunit_suite fdt_suite = { .name = "of_fdt", .init = setup, .cases = fdt_cases };
kunit_test_suite(fdt_suite);
