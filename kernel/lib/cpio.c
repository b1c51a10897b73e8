/* SPDX-License-Identifier: MIT */
/*
 * The walk over a newc archive. All arithmetic is on offsets that are compared with what is left of
 * the archive before they are added, so no 32-bit field can carry it past the end.
 *
 * Linux counterpart: init/initramfs.c (a state machine, since its input may arrive in pieces)
 */
#include <kernel/lib/cpio.h>
#include <kernel/lib/ctype.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

/* The header's 8-digit fields behind the magic number, in order. */
enum cpio_field {
	CPIO_INO,
	CPIO_MODE,
	CPIO_UID,
	CPIO_GID,
	CPIO_NLINK,
	CPIO_MTIME,
	CPIO_FILESIZE,
	CPIO_DEVMAJOR,
	CPIO_DEVMINOR,
	CPIO_RDEVMAJOR,
	CPIO_RDEVMINOR,
	CPIO_NAMESIZE,
	CPIO_CHECK,
	CPIO_FIELDS
};

#define CPIO_MAGIC_LEN 6
#define CPIO_MAGIC     "070701"
#define CPIO_MAGIC_CRC "070702"
#define CPIO_DIGITS    8
#define CPIO_HEADER    (CPIO_MAGIC_LEN + CPIO_DIGITS * CPIO_FIELDS)
#define CPIO_TRAILER   "TRAILER!!!"

void cpio_begin(struct cpio_cursor *cursor, const void *archive, size_t size)
{
	*cursor = (struct cpio_cursor){ .start = archive, .size = size };
}

static int refuse(struct cpio_cursor *cursor, const char *reason)
{
	cursor->error = reason;
	return -EINVAL;
}

/* What else a boot loader may have been given for an archive, by its first bytes. */
static const char *form_of(const char *start, size_t size)
{
	static const struct {
		const char *magic;
		size_t len;
		const char *refusal;
	} forms[] = {
		{ "070707", 6, "cpio's old form (odc): make the archive with cpio -H newc" },
		{ "\xc7\x71", 2, "cpio's binary form: make the archive with cpio -H newc" },
		{ "\x71\xc7", 2, "cpio's binary form: make the archive with cpio -H newc" },
		{ "\x1f\x8b", 2, "compressed by gzip: unpack it first" },
		{ "BZh", 3, "compressed by bzip2: unpack it first" },
		{ "\xfd"
		  "7zXZ",
		  5, "compressed by xz: unpack it first" },
		{ "\x5d\0\0", 3, "compressed by lzma: unpack it first" },
		{ "\x89LZO", 4, "compressed by lzop: unpack it first" },
		{ "\x02\x21\x4c\x18", 4, "compressed by lz4: unpack it first" },
		{ "\x04\x22\x4d\x18", 4, "compressed by lz4: unpack it first" },
		{ "\x28\xb5\x2f\xfd", 4, "compressed by zstd: unpack it first" },
		{ "\x27\x05\x19\x56", 4, "an image of U-Boot's mkimage: give the archive in it" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(forms); i++)
		if (size >= forms[i].len && !memcmp(start, forms[i].magic, forms[i].len))
			return forms[i].refusal;
	return NULL;
}

/* Why no header can be read at the cursor; NULL when one is there. */
static const char *header_refusal(const struct cpio_cursor *cursor)
{
	const char *header = cursor->start + cursor->offset;
	size_t left = cursor->size - cursor->offset;
	const char *form;

	if (left >= CPIO_HEADER && (!memcmp(header, CPIO_MAGIC, CPIO_MAGIC_LEN) ||
				    !memcmp(header, CPIO_MAGIC_CRC, CPIO_MAGIC_LEN)))
		return NULL;
	form = form_of(header, left);
	if (form)
		return form;
	return left < CPIO_HEADER ? "archive ends without a trailer"
				  : "not a cpio header of the form newc";
}

static bool parse_field(const char *text, u32 *value)
{
	int i;

	*value = 0;
	for (i = 0; i < CPIO_DIGITS; i++) {
		if (isdigit(text[i]))
			*value = *value << 4 | (text[i] - '0');
		else if (isxdigit(text[i]))
			*value = *value << 4 | (tolower(text[i]) - 'a' + 10);
		else
			return false;
	}
	return true;
}

static bool parse_header(const char *header, u32 field[CPIO_FIELDS])
{
	int i;

	for (i = 0; i < CPIO_FIELDS; i++) {
		if (!parse_field(header + CPIO_MAGIC_LEN + i * CPIO_DIGITS, &field[i]))
			return false;
	}
	return true;
}

/*
 * Takes size bytes and the padding behind them. NULL when they are not there; padding may be cut.
 */
static const char *take(struct cpio_cursor *cursor, size_t size)
{
	const char *taken = cursor->start + cursor->offset;

	if (size > cursor->size - cursor->offset)
		return NULL;
	cursor->offset += size;
	cursor->offset += min(-cursor->offset & 3, cursor->size - cursor->offset);
	return taken;
}

static bool sum_is(const char *data, size_t size, u32 expected)
{
	u32 sum = 0;

	while (size--)
		sum += (u8)*data++;
	return sum == expected;
}

/* Reads the header at the cursor; what is behind it is not looked at yet. */
static int read_header(struct cpio_cursor *cursor, u32 field[CPIO_FIELDS])
{
	const char *refusal = header_refusal(cursor);

	if (refusal)
		return refuse(cursor, refusal);
	if (!parse_header(cursor->start + cursor->offset, field))
		return refuse(cursor, "header field is not hexadecimal");
	return 0;
}

static void fill_entry(struct cpio_entry *entry, const u32 field[CPIO_FIELDS])
{
	entry->size = field[CPIO_FILESIZE];
	entry->ino = field[CPIO_INO];
	entry->mode = field[CPIO_MODE];
	entry->uid = field[CPIO_UID];
	entry->gid = field[CPIO_GID];
	entry->nlink = field[CPIO_NLINK];
	entry->mtime = field[CPIO_MTIME];
	entry->devmajor = field[CPIO_DEVMAJOR];
	entry->devminor = field[CPIO_DEVMINOR];
	entry->rdevmajor = field[CPIO_RDEVMAJOR];
	entry->rdevminor = field[CPIO_RDEVMINOR];
}

int cpio_next(struct cpio_cursor *cursor, struct cpio_entry *entry)
{
	struct cpio_cursor at = *cursor;
	size_t left = cursor->size - cursor->offset;
	const char *header = cursor->start + cursor->offset;
	u32 field[CPIO_FIELDS];

	if (read_header(cursor, field))
		return -EINVAL;

	/* The name follows the header directly: only the two together are padded. */
	entry->name = header + CPIO_HEADER;
	if (field[CPIO_NAMESIZE] < 2 || field[CPIO_NAMESIZE] > left - CPIO_HEADER)
		return refuse(cursor, "name is empty or runs past the end");
	if (entry->name[0] == '\0' || entry->name[field[CPIO_NAMESIZE] - 1] != '\0')
		return refuse(cursor, "name does not end in NUL");
	take(&at, CPIO_HEADER + field[CPIO_NAMESIZE]);

	entry->data = take(&at, field[CPIO_FILESIZE]);
	if (!entry->data)
		return refuse(cursor, "data runs past the end");
	if (strcmp(entry->name, CPIO_TRAILER) == 0) {
		cursor->end = at.offset;
		return 0;
	}

	if (!memcmp(header, CPIO_MAGIC_CRC, CPIO_MAGIC_LEN) && field[CPIO_FILESIZE] &&
	    !sum_is(entry->data, field[CPIO_FILESIZE], field[CPIO_CHECK]))
		return refuse(cursor, "data does not have the sum that its header tells");
	fill_entry(entry, field);
	*cursor = at;
	return 1;
}

int cpio_check(struct cpio_cursor *cursor)
{
	struct cpio_entry entry;
	int more;

	do
		more = cpio_next(cursor, &entry);
	while (more > 0);
	return more;
}
