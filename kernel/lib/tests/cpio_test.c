/* SPDX-License-Identifier: MIT */
/*
 * An archive built by hand, read back; then damaged in every way, and finally cut at every length
 * and changed at every byte, which must never lead outside of it (the host's sanitizers watch).
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/cpio.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>

#define HEADER         110
#define NAMESIZE_FIELD (6 + 11 * 8)
#define FILESIZE_FIELD (6 + 6 * 8)

static char archive[1024];
static size_t archive_size;
static char copy[sizeof(archive)];

static void append(const char *data, size_t size)
{
	memcpy(archive + archive_size, data, size);
	archive_size += size;
	while (archive_size % 4)
		archive[archive_size++] = '\0';
}

static void append_link(const char *magic, u32 ino, u32 nlink, const char *name, const char *data,
			u32 sum)
{
	char entry[HEADER + 64];
	size_t len = strlen(name) + 1, size = strlen(data);

	snprintf(entry, sizeof(entry), "%s%08x%08X%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%s",
		 magic, ino, 0100644, 0, 0, nlink, 0, (u32)size, 8, 1, 0, 0, (u32)len, sum, name);
	append(entry, HEADER + len);
	append(data, size);
}

static void append_entry(const char *name, u32 mode, const char *data, size_t size)
{
	char entry[HEADER + 64];
	size_t len = strlen(name) + 1;

	snprintf(entry, sizeof(entry),
		 "070701%08x%08X%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%s", 0x1a, mode, 1, 2,
		 1, 0x5f000000, (u32)size, 0, 0, 5, 6, (u32)len, 0, name);
	append(entry, HEADER + len);
	append(data, size);
}

static int cpio_test_init(struct kunit *test)
{
	memset(archive, 0, sizeof(archive));
	archive_size = 0;
	append_entry("dev", 040755, "", 0);
	append_entry("init", 0100755, "#!/bin/sh\n", 10);
	append_entry("etc/motd", 0100644, "hello", 5);
	append_entry("TRAILER!!!", 0, "", 0);
	return 0;
}

static void cpio_reads_entries(struct kunit *test)
{
	struct cpio_cursor cursor;
	struct cpio_entry entry;

	cpio_begin(&cursor, archive, archive_size);
	KUNIT_ASSERT_EQ(test, cpio_next(&cursor, &entry), 1);
	KUNIT_EXPECT_STREQ(test, entry.name, "dev");
	KUNIT_EXPECT_EQ(test, entry.mode, 040755U);
	KUNIT_EXPECT_EQ(test, entry.size, 0U);

	KUNIT_ASSERT_EQ(test, cpio_next(&cursor, &entry), 1);
	KUNIT_EXPECT_STREQ(test, entry.name, "init");
	KUNIT_EXPECT_EQ(test, entry.size, 10U);
	KUNIT_EXPECT_EQ(test, memcmp(entry.data, "#!/bin/sh\n", 10), 0);
	KUNIT_EXPECT_EQ(test, entry.ino, 0x1aU);
	KUNIT_EXPECT_EQ(test, entry.uid, 1U);
	KUNIT_EXPECT_EQ(test, entry.gid, 2U);
	KUNIT_EXPECT_EQ(test, entry.nlink, 1U);
	KUNIT_EXPECT_EQ(test, entry.mtime, 0x5f000000U);
	KUNIT_EXPECT_EQ(test, entry.rdevmajor, 5U);
	KUNIT_EXPECT_EQ(test, entry.rdevminor, 6U);

	KUNIT_ASSERT_EQ(test, cpio_next(&cursor, &entry), 1);
	KUNIT_EXPECT_STREQ(test, entry.name, "etc/motd");
	KUNIT_EXPECT_EQ(test, memcmp(entry.data, "hello", 5), 0);
	KUNIT_EXPECT_EQ(test, cpio_next(&cursor, &entry), 0);
	KUNIT_EXPECT_EQ(test, cpio_next(&cursor, &entry), 0);
}

static void cpio_reads_unaligned(struct kunit *test)
{
	struct cpio_cursor cursor;
	struct cpio_entry entry;
	int count = 0;

	memmove(archive + 1, archive, archive_size);
	cpio_begin(&cursor, archive + 1, archive_size);
	while (cpio_next(&cursor, &entry) == 1)
		count++;
	KUNIT_EXPECT_EQ(test, count, 3);
	KUNIT_EXPECT_NULL(test, cursor.error);
}

/* Walk over the archive; the reason why that failed, or "" when it did not. */
static const char *walk(size_t size)
{
	struct cpio_cursor cursor;
	struct cpio_entry entry;
	int ret;

	cpio_begin(&cursor, archive, size);
	do
		ret = cpio_next(&cursor, &entry);
	while (ret == 1);
	return ret == 0 ? "" : ret == -EINVAL && cursor.error ? cursor.error : "no reason given";
}

static void cpio_refuses_damage(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, walk(archive_size), "");
	KUNIT_EXPECT_STREQ(test, walk(0), "archive ends without a trailer");
	KUNIT_EXPECT_STREQ(test, walk(HEADER), "name is empty or runs past the end");

	archive[0] = 'x';
	KUNIT_EXPECT_STREQ(test, walk(archive_size), "not a cpio header of the form newc");
	cpio_test_init(test);
	archive[8] = 'g';
	KUNIT_EXPECT_STREQ(test, walk(archive_size), "header field is not hexadecimal");
	cpio_test_init(test);
	archive[HEADER + 3] = 'x';
	KUNIT_EXPECT_STREQ(test, walk(archive_size), "name does not end in NUL");
	cpio_test_init(test);
	archive[HEADER] = '\0';
	KUNIT_EXPECT_STREQ(test, walk(archive_size), "name does not end in NUL");
}

static void cpio_refuses_sizes(struct kunit *test)
{
	static const char *const sizes[] = { "00000000", "00000001", "ffffffff", "fffffff0",
					     "80000000" };
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		cpio_test_init(test);
		memcpy(archive + NAMESIZE_FIELD, sizes[i], 8);
		KUNIT_EXPECT_STREQ(test, walk(archive_size), "name is empty or runs past the end");
	}
	for (i = 2; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		cpio_test_init(test);
		memcpy(archive + FILESIZE_FIELD, sizes[i], 8);
		KUNIT_EXPECT_STREQ(test, walk(archive_size), "data runs past the end");
	}
}

static void cpio_cut_anywhere(struct kunit *test)
{
	const size_t trailer_padding = 3;
	size_t size;

	for (size = 0; size < archive_size - trailer_padding; size++)
		KUNIT_EXPECT_TRUE(test, walk(size)[0] != '\0');
	KUNIT_EXPECT_STREQ(test, walk(archive_size - trailer_padding), "");
}

static void cpio_changed_anywhere(struct kunit *test)
{
	static const char values[] = { '\0', '0', 'f', 'F', '\xff' };
	size_t i, j;

	memcpy(copy, archive, archive_size);
	for (i = 0; i < archive_size; i++) {
		for (j = 0; j < sizeof(values); j++) {
			struct cpio_cursor cursor;
			struct cpio_entry entry;

			archive[i] = values[j];
			cpio_begin(&cursor, archive, archive_size);
			while (cpio_next(&cursor, &entry) == 1) {
				const char *data = entry.data;

				KUNIT_EXPECT_TRUE(test, entry.name > archive &&
								data <= archive + archive_size);
				KUNIT_EXPECT_LE(test, entry.size, archive + archive_size - data);
			}
		}
		archive[i] = copy[i];
	}
}

/* The forms that exist, each told by its name. */
static void cpio_names_other_forms(struct kunit *test)
{
	static const struct {
		const char *start;
		const char *word;
	} forms[] = {
		{ "070707000000000000", "odc" },
		{ "\xc7\x71\x01\x01", "binary" },
		{ "\x1f\x8b\x08\x01", "gzip" },
		{ "BZh9", "bzip2" },
		{ "\xfd"
		  "7zXZ",
		  "xz" },
		{ "\x28\xb5\x2f\xfd", "zstd" },
		{ "\x02\x21\x4c\x18", "lz4" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(forms); i++) {
		memset(archive, 1, sizeof(archive));
		memcpy(archive, forms[i].start, strlen(forms[i].start));
		KUNIT_EXPECT_NOT_NULL(test, strstr(walk(sizeof(archive)), forms[i].word));
	}
}

static void cpio_reads_crc(struct kunit *test)
{
	archive_size = 0;
	append_link("070702", 1, 1, "a", "\x80\xff", 0x80 + 0xff);
	append_link("070702", 2, 2, "b", "", 7); /* no data, no sum */
	append_link("070701", 0, 1, "TRAILER!!!", "", 0);
	KUNIT_EXPECT_STREQ(test, walk(archive_size), "");
	archive[HEADER + 2]++;
	KUNIT_EXPECT_STREQ(test, walk(archive_size),
			   "data does not have the sum that its header tells");
}

static void cpio_check_finds_the_end(struct kunit *test)
{
	struct cpio_cursor cursor;
	size_t end = archive_size;

	append("\0\0\0\0\0\0\0\0", 8);
	append_link("070701", 1, 1, "next", "", 0);
	cpio_begin(&cursor, archive, archive_size);
	KUNIT_EXPECT_EQ(test, cpio_check(&cursor), 0);
	KUNIT_EXPECT_EQ(test, cursor.end, end);

	cpio_begin(&cursor, archive + end + 8, archive_size - end - 8);
	KUNIT_EXPECT_EQ(test, cpio_check(&cursor), -EINVAL);
	KUNIT_EXPECT_STREQ(test, cursor.error, "archive ends without a trailer");
}

static const struct kunit_case cpio_cases[] = {
	KUNIT_CASE(cpio_reads_entries),       KUNIT_CASE(cpio_reads_unaligned),
	KUNIT_CASE(cpio_refuses_damage),      KUNIT_CASE(cpio_refuses_sizes),
	KUNIT_CASE(cpio_cut_anywhere),        KUNIT_CASE(cpio_changed_anywhere),
	KUNIT_CASE(cpio_names_other_forms),   KUNIT_CASE(cpio_reads_crc),
	KUNIT_CASE(cpio_check_finds_the_end), {},
};

static const struct kunit_suite cpio_suite = {
	.name = "cpio",
	.init = cpio_test_init,
	.cases = cpio_cases,
};
kunit_test_suite(cpio_suite);
