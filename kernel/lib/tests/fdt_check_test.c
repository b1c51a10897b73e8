/* SPDX-License-Identifier: MIT */
/*
 * The check of a device tree: one corruption for each reason that it can give, then random ones.
 * What it accepts can be read to the last byte without leaving the blob.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/tests/fdt_blob.h>

static u8 pristine[ROOM_SIZE];

static int fdt_check_test_init(struct kunit *test)
{
	build_sample();
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

/* Change one word of the sound blob, and expect that reason. */
static void refuse(struct kunit *test, u32 offset, u32 value, int reason)
{
	int err;

	build_sample();
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
	set32(4, 0x80000000);
	KUNIT_EXPECT_EQ(test, fdt_check_header(blob, ~(size_t)0), -FDT_ERR_TRUNCATED);
	put_unaligned_be32(FDT_MAGIC, room + sizeof(room) - 8);
	KUNIT_EXPECT_EQ(test, fdt_check_header(room + sizeof(room) - 8, 8), -FDT_ERR_TRUNCATED);
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
		start_blob();
		for (depth = 0; depth < nodes; depth++)
			begin_node(depth ? "n" : "");
		for (depth = 0; depth < nodes; depth++)
			token(FDT_END_NODE);
		token(FDT_END);
		finish_blob();
		KUNIT_EXPECT_EQ(test, fdt_check_full(blob, blob_size),
				nodes > FDT_MAX_DEPTH ? -FDT_ERR_TOODEEP : 0);
	}
}

/* Balanced, but with two roots, or with a property behind a subnode. */
static void fdt_refuses_order(struct kunit *test)
{
	start_blob();
	begin_node("");
	token(FDT_END_NODE);
	begin_node("");
	token(FDT_END_NODE);
	token(FDT_END);
	finish_blob();
	KUNIT_EXPECT_EQ(test, fdt_check_full(blob, blob_size), -FDT_ERR_BADNESTING);

	start_blob();
	begin_node("");
	begin_node("soc");
	token(FDT_END_NODE);
	property(NAME_REG, "", 0);
	token(FDT_END_NODE);
	token(FDT_END);
	finish_blob();
	KUNIT_EXPECT_EQ(test, fdt_check_full(blob, blob_size), -FDT_ERR_BADNESTING);
}

/* Reads all that can be read; returns the number of nodes. */
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
		}
		/* Damage adds up over a few rounds. */
		if (round % 4 == 3)
			memcpy(blob, pristine, total);
	}
	KUNIT_EXPECT_GT(test, sound, 0);
	KUNIT_EXPECT_LT(test, sound, round);
}

static const struct kunit_case fdt_check_cases[] = {
	KUNIT_CASE(fdt_accepts),
	KUNIT_CASE(fdt_refuses_header),
	KUNIT_CASE(fdt_refuses_structure),
	KUNIT_CASE(fdt_limits_depth),
	KUNIT_CASE(fdt_refuses_order),
	KUNIT_CASE(fdt_survives_random_damage),
	{},
};

static const struct kunit_suite fdt_check_suite = {
	.name = "fdt_check",
	.init = fdt_check_test_init,
	.cases = fdt_check_cases,
};
kunit_test_suite(fdt_check_suite);
