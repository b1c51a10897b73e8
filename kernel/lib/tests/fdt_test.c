/* SPDX-License-Identifier: MIT */
/* The device tree reader: a small sound tree, read back by every accessor. */
#include <kernel/base/kunit.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/tests/fdt_blob.h>

static int fdt_test_init(struct kunit *test)
{
	build_sample();
	return 0;
}

static void fdt_reservations(struct kunit *test)
{
	u64 address = 0, size = 0;

	KUNIT_EXPECT_EQ(test, fdt_get_mem_rsv(blob, 0, &address, &size), 0);
	KUNIT_EXPECT_EQ(test, address, 0x140000000ULL);
	KUNIT_EXPECT_EQ(test, size, 0x1000ULL);
	KUNIT_EXPECT_EQ(test, fdt_get_mem_rsv(blob, 1, &address, &size), 0);
	KUNIT_EXPECT_EQ(test, address, 0x48000000ULL);
	KUNIT_EXPECT_EQ(test, size, 0ULL);
	KUNIT_EXPECT_EQ(test, fdt_get_mem_rsv(blob, 2, &address, &size), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_get_mem_rsv(blob, -1, &address, &size), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_get_mem_rsv(blob, 1 << 30, &address, &size), -FDT_ERR_NOTFOUND);
}

static void fdt_walks_nodes(struct kunit *test)
{
	static const struct {
		const char *name;
		int depth;
	} order[] = {
		{ "", 0 },    { "aliases", 1 },      { "chosen", 1 },
		{ "soc", 1 }, { "uart@9000000", 2 }, { "uart@9040000", 2 },
	};
	int depth = -1, node = -1, len, soc = fdt_path_offset(blob, "/soc");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(order); i++) {
		node = fdt_next_node(blob, node, &depth);
		KUNIT_ASSERT_TRUE(test, node >= 0);
		KUNIT_EXPECT_EQ(test, depth, order[i].depth);
		KUNIT_EXPECT_STREQ(test, fdt_get_name(blob, node, &len), order[i].name);
		KUNIT_EXPECT_EQ(test, len, (int)strlen(order[i].name));
	}
	KUNIT_EXPECT_EQ(test, fdt_next_node(blob, node, NULL), -FDT_ERR_NOTFOUND);
	depth = 0;
	node = fdt_next_node(blob, soc, &depth);
	node = fdt_next_node(blob, node, &depth);
	KUNIT_EXPECT_STREQ(test, fdt_get_name(blob, node, NULL), "uart@9040000");
	KUNIT_EXPECT_EQ(test, fdt_next_node(blob, node, &depth), -FDT_ERR_NOTFOUND);

	depth = 0;
	node = fdt_path_offset(blob, "/aliases");
	KUNIT_EXPECT_EQ(test, fdt_next_node(blob, node, &depth), -FDT_ERR_NOTFOUND);

	KUNIT_EXPECT_EQ(test, fdt_next_node(blob, soc + 4, NULL), -FDT_ERR_BADOFFSET);
	KUNIT_EXPECT_EQ(test, fdt_next_node(blob, soc + 1, NULL), -FDT_ERR_BADOFFSET);
	KUNIT_EXPECT_EQ(test, fdt_next_node(blob, blob_size - STRUCT_OFFSET, NULL),
			-FDT_ERR_BADOFFSET);
	KUNIT_EXPECT_NULL(test, fdt_get_name(blob, reg_pos - STRUCT_OFFSET, &len));
	KUNIT_EXPECT_EQ(test, len, -FDT_ERR_BADOFFSET);
}

static void fdt_reads_properties(struct kunit *test)
{
	int node = serial_pos - STRUCT_OFFSET, len = 0, prop;
	const char *name;
	const u8 *value = fdt_getprop(blob, node, "reg", &len);

	KUNIT_ASSERT_NOT_NULL(test, value);
	KUNIT_EXPECT_EQ(test, len, 8);
	KUNIT_EXPECT_EQ(test, get_unaligned_be64(value), 0x09000000ULL);
	KUNIT_EXPECT_NOT_NULL(test, fdt_getprop(blob, node, "reg", NULL));
	KUNIT_EXPECT_NULL(test, fdt_getprop(blob, node, "re", &len));
	KUNIT_EXPECT_EQ(test, len, -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_NULL(test, fdt_getprop(blob, node, "regs", NULL));
	KUNIT_EXPECT_NULL(test, fdt_getprop(blob, 0, "reg", NULL));
	KUNIT_EXPECT_NULL(test, fdt_getprop(blob, -FDT_ERR_NOTFOUND, "reg", &len));
	KUNIT_EXPECT_EQ(test, len, -FDT_ERR_BADOFFSET);

	prop = fdt_first_property_offset(blob, node);
	KUNIT_EXPECT_STREQ(test, fdt_getprop_by_offset(blob, prop, &name, &len), "arm,pl011");
	KUNIT_EXPECT_STREQ(test, name, "compatible");
	KUNIT_EXPECT_EQ(test, len, 24);
	prop = fdt_next_property_offset(blob, prop);
	KUNIT_EXPECT_EQ(test, prop, (int)(reg_pos - STRUCT_OFFSET));
	KUNIT_EXPECT_EQ(test, fdt_next_property_offset(blob, prop), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_next_property_offset(blob, node), -FDT_ERR_BADOFFSET);
	KUNIT_EXPECT_NULL(test, fdt_getprop_by_offset(blob, node, NULL, &len));
	node = fdt_path_offset(blob, "/soc");
	KUNIT_EXPECT_EQ(test, fdt_first_property_offset(blob, node), -FDT_ERR_NOTFOUND);
}

static void fdt_finds_paths(struct kunit *test)
{
	int uart = serial_pos - STRUCT_OFFSET, soc = fdt_path_offset(blob, "/soc");

	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "/"), 0);
	KUNIT_EXPECT_STREQ(test, fdt_get_name(blob, soc, NULL), "soc");
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "/soc/uart@9000000"), uart);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "//soc//uart@9000000/"), uart);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "/soc/uart"), uart);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "serial0"), uart);
	KUNIT_EXPECT_EQ(test, fdt_path_offset_namelen(blob, "serial0:115200", 7), uart);

	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, ""), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "serial"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "serial0:115200"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "/soc/uart@"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "/soc/uart@9"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "/uart@9000000"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "/soc/uart/more"), -FDT_ERR_NOTFOUND);
}

/* An alias that ends without NUL ends where its property ends, whatever bytes follow it. */
static void fdt_follows_unterminated_alias(struct kunit *test)
{
	int uart = serial_pos - STRUCT_OFFSET;

	set32(alias_pos + 4, 20);
	memcpy(blob + alias_pos + 12, "///soc//uart@9000000", 20);
	KUNIT_ASSERT_EQ(test, fdt_check_full(blob, blob_size), 0);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "serial0"), uart);
	set32(alias_pos + 4, 19);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "serial0"), -FDT_ERR_NOTFOUND);
}

static void fdt_reads_each_token_once(struct kunit *test)
{
	int begins = 0, ends = 0, properties = 0, offset = 0, next;
	enum fdt_tag tag;

	while ((tag = fdt_next_tag(blob, offset, &next)) != FDT_END) {
		begins += tag == FDT_BEGIN_NODE;
		ends += tag == FDT_END_NODE;
		properties += tag == FDT_PROP;
		KUNIT_ASSERT_TRUE(test, next > offset);
		offset = next;
	}
	KUNIT_EXPECT_EQ(test, begins, 6);
	KUNIT_EXPECT_EQ(test, ends, 6);
	KUNIT_EXPECT_EQ(test, properties, 5);
	KUNIT_EXPECT_EQ(test, next, offset);
}

static void fdt_finds_strings(struct kunit *test)
{
	static const char list[] = "arm,pl011\0\0arm,primecell";
	int len = sizeof(list);

	KUNIT_EXPECT_EQ(test, fdt_stringlist_index(list, len, "arm,pl011"), 0);
	KUNIT_EXPECT_EQ(test, fdt_stringlist_index(list, len, ""), 1);
	KUNIT_EXPECT_EQ(test, fdt_stringlist_index(list, len, "arm,primecell"), 2);
	KUNIT_EXPECT_EQ(test, fdt_stringlist_index(list, len - 1, "arm,primecell"), 2);
	KUNIT_EXPECT_EQ(test, fdt_stringlist_index(list, len - 2, "arm,primecell"),
			-FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_stringlist_index(list, len, "arm,pl01"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_stringlist_index(list, len, "arm,pl0111"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_stringlist_index(list, 0, ""), -FDT_ERR_NOTFOUND);
}

static const struct kunit_case fdt_cases[] = {
	KUNIT_CASE(fdt_reservations),
	KUNIT_CASE(fdt_walks_nodes),
	KUNIT_CASE(fdt_reads_properties),
	KUNIT_CASE(fdt_finds_paths),
	KUNIT_CASE(fdt_follows_unterminated_alias),
	KUNIT_CASE(fdt_reads_each_token_once),
	KUNIT_CASE(fdt_finds_strings),
	{},
};

static const struct kunit_suite fdt_suite = {
	.name = "fdt",
	.init = fdt_test_init,
	.cases = fdt_cases,
};
kunit_test_suite(fdt_suite);
