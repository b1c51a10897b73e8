/* SPDX-License-Identifier: MIT */
/*
 * A small tree built by hand, token by token, read back by every accessor; then one corruption for
 * each reason that the check can give, and random ones, after which a walk must stay inside.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

#define ROOM_SIZE     1024
#define RSV_OFFSET    40
#define STRUCT_OFFSET 88

/*
 * The blob stands at the very end of its room, where the host's sanitizers see each byte too far.
 */
static u8 room[ROOM_SIZE] __aligned(8);
static u8 pristine[ROOM_SIZE];
static u8 *blob;
static u32 blob_size;

/* Where the next token goes, and where the corruptions below find what they change. */
static u32 pos, strings_pos, serial_pos, reg_pos, end_pos;

static const char strings[] = "compatible\0reg\0serial0\0stdout-path";
#define NAME_COMPATIBLE 0
#define NAME_REG        11
#define NAME_SERIAL0    15
#define NAME_STDOUT     23

static void set32(u32 offset, u32 value)
{
	put_unaligned_be32(value, blob + offset);
}

static void token(u32 value)
{
	set32(pos, value);
	pos += 4;
}

static void bytes(const void *data, u32 size)
{
	memcpy(blob + pos, data, size);
	pos += ALIGN(size, 4);
}

static void begin_node(const char *name)
{
	token(FDT_BEGIN_NODE);
	bytes(name, strlen(name) + 1);
}

static void property(u32 nameoff, const void *value, u32 size)
{
	token(FDT_PROP);
	token(size);
	token(nameoff);
	bytes(value, size);
}

static void fill_header(void)
{
	blob_size = ALIGN(strings_pos + sizeof(strings), 8);
	set32(0, FDT_MAGIC);
	set32(4, blob_size);
	set32(8, STRUCT_OFFSET);
	set32(12, strings_pos);
	set32(16, RSV_OFFSET);
	set32(20, 17);
	set32(24, 16);
	set32(32, sizeof(strings));
	set32(36, strings_pos - STRUCT_OFFSET);
}

static void fill_structure(void)
{
	begin_node("");
	token(FDT_NOP);
	property(NAME_COMPATIBLE, "linux,dummy-virt", 17);
	begin_node("aliases");
	property(NAME_SERIAL0, "/soc/uart@9000000", 18);
	token(FDT_END_NODE);
	begin_node("chosen");
	property(NAME_STDOUT, "serial0:115200", 15);
	token(FDT_END_NODE);
	begin_node("soc");
	serial_pos = pos;
	begin_node("uart@9000000");
	property(NAME_COMPATIBLE, "arm,pl011\0arm,primecell", 24);
	token(FDT_NOP);
	reg_pos = pos;
	property(NAME_REG, "\0\0\0\0\x09\0\0\0", 8);
	token(FDT_END_NODE);
	token(FDT_NOP);
	begin_node("uart@9040000");
	token(FDT_END_NODE);
	token(FDT_END_NODE);
	token(FDT_END_NODE);
	end_pos = pos;
	token(FDT_END);
}

static int fdt_test_init(struct kunit *test)
{
	blob = room;
	memset(room, 0, sizeof(room));
	set32(RSV_OFFSET, 0x1);
	set32(RSV_OFFSET + 4, 0x40000000);
	set32(RSV_OFFSET + 12, 0x1000);
	set32(RSV_OFFSET + 20, 0x48000000);
	pos = STRUCT_OFFSET;
	fill_structure();
	strings_pos = pos;
	bytes(strings, sizeof(strings));
	fill_header();
	blob = room + sizeof(room) - blob_size;
	memmove(blob, room, blob_size);
	return 0;
}

static void fdt_accepts(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, fdt_check_header(blob, blob_size), 0);
	KUNIT_EXPECT_EQ(test, fdt_check_full(blob, blob_size), 0);
	KUNIT_EXPECT_EQ(test, fdt_check_full(blob, 0x200000), 0);
	set32(20, 18); /* newer, but says that 17 may read it */
	KUNIT_EXPECT_EQ(test, fdt_check_full(blob, blob_size), 0);
	KUNIT_EXPECT_EQ(test, fdt_totalsize(blob), blob_size);
}

static void fdt_reservations(struct kunit *test)
{
	u64 address = 0, size = 0;

	KUNIT_EXPECT_EQ(test, fdt_num_mem_rsv(blob), 2);
	KUNIT_EXPECT_EQ(test, fdt_get_mem_rsv(blob, 0, &address, &size), 0);
	KUNIT_EXPECT_EQ(test, address, 0x140000000ULL);
	KUNIT_EXPECT_EQ(test, size, 0x1000ULL);
	KUNIT_EXPECT_EQ(test, fdt_get_mem_rsv(blob, 1, &address, &size), 0);
	KUNIT_EXPECT_EQ(test, address, 0x48000000ULL);
	KUNIT_EXPECT_EQ(test, size, 0ULL);
	KUNIT_EXPECT_EQ(test, fdt_get_mem_rsv(blob, 2, &address, &size), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_get_mem_rsv(blob, -1, &address, &size), -FDT_ERR_NOTFOUND);
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

	KUNIT_EXPECT_EQ(test, fdt_next_node(blob, soc + 4, NULL), -FDT_ERR_BADOFFSET);
	KUNIT_EXPECT_EQ(test, fdt_next_node(blob, soc + 1, NULL), -FDT_ERR_BADOFFSET);
	KUNIT_EXPECT_EQ(test, fdt_next_node(blob, ROOM_SIZE, NULL), -FDT_ERR_BADOFFSET);
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
	KUNIT_EXPECT_EQ(test, fdt_subnode_offset(blob, soc, "uart@9000000"), uart);

	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, ""), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "serial"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "serial0:115200"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "/soc/uart@"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "/soc/uart@9"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "/uart@9000000"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_path_offset(blob, "/soc/uart/more"), -FDT_ERR_NOTFOUND);
	KUNIT_EXPECT_EQ(test, fdt_subnode_offset(blob, 0, "uart@9000000"), -FDT_ERR_NOTFOUND);
}

/* Change one word of the sound blob, and expect that reason. */
static void refuse(struct kunit *test, u32 offset, u32 value, int reason)
{
	int err;

	fdt_test_init(test);
	set32(offset, value);
	err = fdt_check_full(blob, blob_size);
	if (err != -reason)
		KUNIT_FAIL(test, "0x%x at %u: %s, expected %s", value, offset, fdt_strerror(err),
			   fdt_strerror(-reason));
}

static void fdt_refuses_header(struct kunit *test)
{
	u32 total = blob_size;

	KUNIT_EXPECT_EQ(test, fdt_check_full(blob + 4, blob_size - 4), -FDT_ERR_ALIGNMENT);
	KUNIT_EXPECT_EQ(test, fdt_check_full(blob, 39), -FDT_ERR_TRUNCATED);
	KUNIT_EXPECT_EQ(test, fdt_check_full(blob, total - 1), -FDT_ERR_TRUNCATED);
	refuse(test, 0, 0xedfe0dd0, FDT_ERR_BADMAGIC);
	refuse(test, 4, total + 1, FDT_ERR_TRUNCATED);
	refuse(test, 4, 39, FDT_ERR_TRUNCATED);
	refuse(test, 4, 0xffffffff, FDT_ERR_TRUNCATED);
	refuse(test, 20, 16, FDT_ERR_BADVERSION);
	refuse(test, 24, 18, FDT_ERR_BADVERSION);
	refuse(test, 8, STRUCT_OFFSET + 2, FDT_ERR_ALIGNMENT);
	refuse(test, 8, 0, FDT_ERR_BADLAYOUT);
	refuse(test, 8, 0xfffffffc, FDT_ERR_BADLAYOUT);
	refuse(test, 36, total - STRUCT_OFFSET + 1, FDT_ERR_BADLAYOUT);
	refuse(test, 36, 0xffffffff, FDT_ERR_BADLAYOUT);
	refuse(test, 12, total + 1, FDT_ERR_BADLAYOUT);
	refuse(test, 32, total - strings_pos + 1, FDT_ERR_BADLAYOUT);
	refuse(test, 32, sizeof(strings) - 1, FDT_ERR_BADSTRINGS);
	refuse(test, 16, 44, FDT_ERR_ALIGNMENT);
	refuse(test, 16, 32, FDT_ERR_BADLAYOUT);
	refuse(test, 16, total, FDT_ERR_BADRESERVE);
}

static void fdt_refuses_structure(struct kunit *test)
{
	refuse(test, reg_pos, 5, FDT_ERR_BADTAG);
	refuse(test, STRUCT_OFFSET, 0, FDT_ERR_BADTAG);
	refuse(test, 36, 0, FDT_ERR_NOEND);
	refuse(test, 36, end_pos - STRUCT_OFFSET, FDT_ERR_NOEND);
	refuse(test, end_pos, FDT_NOP, FDT_ERR_NOEND);
	refuse(test, end_pos, FDT_END_NODE, FDT_ERR_BADNESTING);
	refuse(test, end_pos - 4, FDT_END, FDT_ERR_BADNESTING);
	refuse(test, STRUCT_OFFSET, FDT_END, FDT_ERR_BADNESTING);
	refuse(test, STRUCT_OFFSET, FDT_PROP, FDT_ERR_BADNESTING);
	refuse(test, STRUCT_OFFSET, FDT_END_NODE, FDT_ERR_BADNESTING);
	/* The root ends where a NOP was, and a second one follows. */
	refuse(test, STRUCT_OFFSET + 8, FDT_END_NODE, FDT_ERR_BADNESTING);
	/* The reg property now stands behind the end of a subnode. */
	refuse(test, reg_pos - 4, FDT_END_NODE, FDT_ERR_BADNESTING);

	refuse(test, STRUCT_OFFSET + 4, 'r' << 24, FDT_ERR_BADNAME);
	refuse(test, serial_pos + 4, 0, FDT_ERR_BADNAME);
	refuse(test, serial_pos + 4, 'u' << 24 | 'a' << 16 | '/' << 8 | 't', FDT_ERR_BADNAME);
	refuse(test, 36, serial_pos + 8 - STRUCT_OFFSET, FDT_ERR_BADNAME);

	refuse(test, reg_pos + 4, 0xffffffff, FDT_ERR_BADPROPERTY);
	refuse(test, reg_pos + 4, strings_pos - reg_pos - 11, FDT_ERR_BADPROPERTY);
	refuse(test, reg_pos + 8, sizeof(strings), FDT_ERR_BADPROPERTY);
	refuse(test, reg_pos + 8, 0xffffffff, FDT_ERR_BADPROPERTY);
	refuse(test, reg_pos + 8, sizeof(strings) - 1, FDT_ERR_BADPROPERTY);
	refuse(test, 36, reg_pos + 8 - STRUCT_OFFSET, FDT_ERR_BADPROPERTY);
}

static void fdt_limits_depth(struct kunit *test)
{
	int depth, nodes;

	for (nodes = FDT_MAX_DEPTH; nodes <= FDT_MAX_DEPTH + 1; nodes++) {
		blob = room;
		memset(room, 0, sizeof(room));
		pos = STRUCT_OFFSET;
		begin_node("");
		for (depth = 1; depth < nodes; depth++)
			begin_node("n");
		for (depth = 0; depth < nodes; depth++)
			token(FDT_END_NODE);
		token(FDT_END);
		strings_pos = pos;
		bytes(strings, sizeof(strings));
		fill_header();
		KUNIT_EXPECT_EQ(test, fdt_check_full(blob, blob_size),
				nodes > FDT_MAX_DEPTH ? -FDT_ERR_TOODEEP : 0);
	}
}

/* Read all that can be read; returns the number of nodes. */
static int read_everything(void)
{
	int node, prop, depth = -1, count = 0;

	for (node = fdt_next_node(blob, -1, &depth); node >= 0; count++) {
		for (prop = fdt_first_property_offset(blob, node); prop >= 0;
		     prop = fdt_next_property_offset(blob, prop)) {
			const char *name;
			int len;
			const void *value = fdt_getprop_by_offset(blob, prop, &name, &len);

			memchr(value, 0xaa, len);
			fdt_getprop(blob, node, name, NULL);
		}
		fdt_path_offset(blob, fdt_get_name(blob, node, NULL));
		node = fdt_next_node(blob, node, &depth);
	}
	return count;
}

static void fdt_survives_random_damage(struct kunit *test)
{
	static const u32 values[] = { 0, 1, 2, 3, 4, 9, 0xff, 0x7fffffff, 0xfffffffc, 0xffffffff };
	u32 random = 1, total = blob_size;
	int round, sound = 0;

	memcpy(pristine, blob, total);
	for (round = 0; round < 20000; round++) {
		u32 offset;

		random = random * 1664525 + 1013904223;
		offset = (random >> 8) % (total - 4);
		if (round % 2)
			blob[offset] ^= 1 << (random >> 28) % 8;
		else
			set32(offset & ~3U, values[(random >> 4) % ARRAY_SIZE(values)]);
		if (fdt_check_full(blob, total) == 0) {
			sound++;
			KUNIT_EXPECT_LE(test, read_everything(), (int)total / 12);
			fdt_num_mem_rsv(blob);
		}
		/* Damage adds up over a few rounds. */
		if (round % 4 == 3)
			memcpy(blob, pristine, total);
	}
	KUNIT_EXPECT_GT(test, sound, 0);
	KUNIT_EXPECT_LT(test, sound, round);
}

static const struct kunit_case fdt_cases[] = {
	KUNIT_CASE(fdt_accepts),
	KUNIT_CASE(fdt_reservations),
	KUNIT_CASE(fdt_walks_nodes),
	KUNIT_CASE(fdt_reads_properties),
	KUNIT_CASE(fdt_finds_paths),
	KUNIT_CASE(fdt_refuses_header),
	KUNIT_CASE(fdt_refuses_structure),
	KUNIT_CASE(fdt_limits_depth),
	KUNIT_CASE(fdt_survives_random_damage),
	{},
};

static const struct kunit_suite fdt_suite = {
	.name = "fdt",
	.init = fdt_test_init,
	.cases = fdt_cases,
};
kunit_test_suite(fdt_suite);
