/* SPDX-License-Identifier: MIT */
/*
 * A member with a block of each kind, made by zlib, read back; then damaged in ways that have their
 * own word; and finally cut at every length and changed at every bit, which must never lead outside
 * (the host's sanitizers watch). tools/testing/test_gunzip.py compares with zlib itself.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/gunzip.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

static const char text[] = "a page, a page and a guard page\n";
static const char letters[] = "bceadbaaacdbcfabaacbacaaadaaaaaaaabbafaaacbaccaa"
			      "babbababcbdbaddaabaccafcccadaaaabdcecebdacbacaab";

static const u8 stored[] = {
	0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x03, 0x01, 0x20, 0x00, 0xdf,
	0xff, 0x61, 0x20, 0x70, 0x61, 0x67, 0x65, 0x2c, 0x20, 0x61, 0x20, 0x70, 0x61, 0x67,
	0x65, 0x20, 0x61, 0x6e, 0x64, 0x20, 0x61, 0x20, 0x67, 0x75, 0x61, 0x72, 0x64, 0x20,
	0x70, 0x61, 0x67, 0x65, 0x0a, 0x1d, 0x27, 0xf5, 0x36, 0x20, 0x00, 0x00, 0x00,
};
static const u8 fixed[] = {
	0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4b, 0x54, 0x28, 0x48, 0x4c,
	0x4f, 0xd5, 0x51, 0x48, 0x04, 0xd3, 0x0a, 0x89, 0x79, 0x29, 0x40, 0x66, 0x7a, 0x69, 0x62,
	0x51, 0x0a, 0x58, 0x80, 0x0b, 0x00, 0x1d, 0x27, 0xf5, 0x36, 0x20, 0x00, 0x00, 0x00,
};
static const u8 dynamic[] = {
	0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2d, 0x8c, 0x81, 0x09,
	0x00, 0x31, 0x0c, 0x02, 0x67, 0xf5, 0x34, 0xd9, 0x7f, 0x84, 0xb7, 0xfd, 0x1a, 0x08,
	0x7a, 0xa0, 0x78, 0x14, 0x24, 0x39, 0x78, 0x55, 0x67, 0xe4, 0xe6, 0xe8, 0x09, 0xb4,
	0xfa, 0x71, 0x39, 0x27, 0xf7, 0x4c, 0x5b, 0xc9, 0x01, 0xc5, 0xeb, 0xbe, 0xdb, 0x20,
	0x1e, 0x0f, 0x79, 0x33, 0x7c, 0x7c, 0x48, 0xef, 0xb5, 0x60, 0x00, 0x00, 0x00,
};

static const struct sample {
	const u8 *packed;
	size_t size;
	const char *data;
} samples[] = {
	{ stored, sizeof(stored), text },
	{ fixed, sizeof(fixed), text },
	{ dynamic, sizeof(dynamic), letters },
};

static u8 packed[128];
static char out[256];

static int unpack(struct gunzip *gz, const void *in, size_t size, size_t room)
{
	*gz = (struct gunzip){ .in = in, .in_size = size, .out = out, .out_size = room };
	memset(out, 0, sizeof(out));
	return gunzip(gz);
}

static void gunzip_reads_all_kinds(struct kunit *test)
{
	const struct sample *sample;
	struct gunzip gz;

	for (sample = samples; sample < samples + ARRAY_SIZE(samples); sample++) {
		memset(packed, 0x1f, sizeof(packed)); /* what follows a member is another's */
		memcpy(packed, sample->packed, sample->size);
		KUNIT_EXPECT_TRUE(test, is_gzip(packed, sizeof(packed)));
		KUNIT_EXPECT_EQ(test, unpack(&gz, packed, sizeof(packed), sizeof(out)), 0);
		KUNIT_EXPECT_NULL(test, gz.error);
		KUNIT_EXPECT_STREQ(test, out, sample->data);
		KUNIT_EXPECT_EQ(test, gz.produced, strlen(sample->data));
		KUNIT_EXPECT_EQ(test, gz.consumed, sample->size);
	}
}

static void gunzip_counts(struct kunit *test)
{
	struct gunzip gz = { .in = dynamic, .in_size = sizeof(dynamic) };

	KUNIT_EXPECT_EQ(test, gunzip(&gz), 0);
	KUNIT_EXPECT_EQ(test, gz.produced, strlen(letters));
	KUNIT_EXPECT_EQ(test, gz.consumed, sizeof(dynamic));
	KUNIT_EXPECT_EQ(test, unpack(&gz, dynamic, sizeof(dynamic), gz.produced), 0);
}

/* In each room that is too small: stored bytes, a byte of a code, and a copy are cut in turn. */
static void gunzip_keeps_to_its_room(struct kunit *test)
{
	const struct sample *sample;
	struct gunzip gz;
	size_t room;

	for (sample = samples; sample < samples + ARRAY_SIZE(samples); sample++)
		for (room = 0; room < strlen(sample->data); room++) {
			KUNIT_EXPECT_EQ(test, unpack(&gz, sample->packed, sample->size, room),
					-EINVAL);
			KUNIT_EXPECT_STREQ(test, gz.error, "larger than the room for it");
			KUNIT_EXPECT_LE(test, gz.produced, room);
			KUNIT_EXPECT_EQ(test, strlen(out), gz.produced);
		}
}

/* A sample with one byte changed: what is said of it. */
static const char *changed(const struct sample *sample, size_t at, u8 byte)
{
	struct gunzip gz;

	memcpy(packed, sample->packed, sample->size);
	packed[at] = byte;
	return unpack(&gz, packed, sample->size, sizeof(out)) ? gz.error : "";
}

static void gunzip_says_what_is_wrong(struct kunit *test)
{
	static const struct {
		int sample;
		int at; /* negative: from the end */
		u8 byte;
		const char *error;
	} damages[] = {
		{ 0, 2, 7, "of an unknown kind" },
		{ 0, 3, 0x20, "of an unknown kind" },
		{ 0, 10, 7, "damaged: a block's kind is unknown" },
		{ 0, 11, 31, "damaged: a stored length is wrong" },
		{ 0, 15, 'A', "damaged: the data has another sum" },
		{ 1, -8, 0, "damaged: the data has another sum" },
		{ 1, -1, 1, "damaged: the data has another size" },
		{ 2, 11, 0xff, "damaged: there are too many lengths" },
		{ 2, 12, 0xff, "damaged: a code has too many words, or too few" },
	};
	size_t i;

	KUNIT_EXPECT_FALSE(test, is_gzip("\x1f\x8c", 2));
	KUNIT_EXPECT_FALSE(test, is_gzip("\x1f\x8b", 1));
	for (i = 0; i < ARRAY_SIZE(damages); i++) {
		const struct sample *sample = &samples[damages[i].sample];
		int at = damages[i].at;

		at += at < 0 ? sample->size : 0;
		KUNIT_EXPECT_STREQ(test, changed(sample, at, damages[i].byte), damages[i].error);
	}
}

/* Each optional part of the header, and all together. */
static void gunzip_passes_over_the_header(struct kunit *test)
{
	static const u8 parts[] = { 3, 0, 'x', 'y', 'z', 'n', 'a', 'm', 'e', 0, 'c', 0 };
	struct gunzip gz;

	memcpy(packed, fixed, 10);
	packed[3] = 0x1c; /* an extra field, a name and a comment */
	memcpy(packed + 10, parts, sizeof(parts));
	memcpy(packed + 10 + sizeof(parts), fixed + 10, sizeof(fixed) - 10);
	KUNIT_EXPECT_EQ(test, unpack(&gz, packed, sizeof(fixed) + sizeof(parts), sizeof(out)), 0);
	KUNIT_EXPECT_STREQ(test, out, text);

	memcpy(packed, fixed, 10);
	packed[3] = 2; /* the header's own sum */
	memcpy(packed + 12, fixed + 10, sizeof(fixed) - 10);
	packed[10] = 0x25;
	packed[11] = 0x15;
	KUNIT_EXPECT_EQ(test, unpack(&gz, packed, sizeof(fixed) + 2, sizeof(out)), 0);
	packed[11]++;
	KUNIT_EXPECT_EQ(test, unpack(&gz, packed, sizeof(fixed) + 2, sizeof(out)), -EINVAL);
	KUNIT_EXPECT_STREQ(test, gz.error, "damaged: the header has another sum");
}

static void gunzip_cut_anywhere(struct kunit *test)
{
	const struct sample *sample;
	struct gunzip gz;
	size_t size;

	for (sample = samples; sample < samples + ARRAY_SIZE(samples); sample++)
		for (size = 0; size < sample->size; size++) {
			KUNIT_EXPECT_EQ(test, unpack(&gz, sample->packed, size, sizeof(out)),
					-EINVAL);
			KUNIT_EXPECT_STREQ(test, gz.error, "cut short");
			KUNIT_EXPECT_LE(test, gz.consumed, size);
		}
}

/* A change of the header's time or origin is none of the data; all others are found. */
static void gunzip_changed_anywhere(struct kunit *test)
{
	const struct sample *sample;
	size_t bit;
	int failed;

	for (sample = samples; sample < samples + ARRAY_SIZE(samples); sample++)
		for (bit = 0; bit < 8 * sample->size; bit++) {
			failed = changed(sample, bit / 8,
					 sample->packed[bit / 8] ^ 1 << bit % 8)[0] != '\0';
			if (bit >= 8 * 10)
				KUNIT_EXPECT_TRUE(test, failed || !strcmp(out, sample->data));
		}
}

static const struct kunit_case gunzip_cases[] = {
	KUNIT_CASE(gunzip_reads_all_kinds),        KUNIT_CASE(gunzip_counts),
	KUNIT_CASE(gunzip_keeps_to_its_room),      KUNIT_CASE(gunzip_says_what_is_wrong),
	KUNIT_CASE(gunzip_passes_over_the_header), KUNIT_CASE(gunzip_cut_anywhere),
	KUNIT_CASE(gunzip_changed_anywhere),       {},
};

static const struct kunit_suite gunzip_suite = {
	.name = "gunzip",
	.cases = gunzip_cases,
};
kunit_test_suite(gunzip_suite);
