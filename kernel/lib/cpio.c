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

#define CPIO_MAGIC     "070701"
#define CPIO_MAGIC_LEN 6
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

static bool parse_field(const char *text, u32 *value)
{
	int i;

	*value = 0;
	for (i = 0; i < CPIO_DIGITS; i++) {
		if (!isxdigit(text[i]))
			return false;
		*value = *value << 4 |
			 (isdigit(text[i]) ? text[i] - '0' : tolower(text[i]) - 'a' + 10);
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

/* Take size bytes and the padding behind them. NULL when they are not there; padding may be cut. */
static const char *take(struct cpio_cursor *cursor, size_t size)
{
	const char *taken = cursor->start + cursor->offset;

	if (size > cursor->size - cursor->offset)
		return NULL;
	cursor->offset += size;
	cursor->offset += min(-cursor->offset & 3, cursor->size - cursor->offset);
	return taken;
}

int cpio_next(struct cpio_cursor *cursor, struct cpio_entry *entry)
{
	struct cpio_cursor at = *cursor;
	size_t left = cursor->size - cursor->offset;
	const char *header = cursor->start + cursor->offset;
	u32 field[CPIO_FIELDS];

	if (left < CPIO_HEADER)
		return refuse(cursor, "archive ends without a trailer");
	if (memcmp(header, CPIO_MAGIC, CPIO_MAGIC_LEN) != 0)
		return refuse(cursor, "not a newc header (what is compressed, unpack first)");
	if (!parse_header(header, field))
		return refuse(cursor, "header field is not hexadecimal");

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
	if (strcmp(entry->name, CPIO_TRAILER) == 0)
		return 0;

	entry->size = field[CPIO_FILESIZE];
	entry->ino = field[CPIO_INO];
	entry->mode = field[CPIO_MODE];
	entry->uid = field[CPIO_UID];
	entry->gid = field[CPIO_GID];
	entry->nlink = field[CPIO_NLINK];
	entry->mtime = field[CPIO_MTIME];
	entry->rdevmajor = field[CPIO_RDEVMAJOR];
	entry->rdevminor = field[CPIO_RDEVMINOR];
	*cursor = at;
	return 1;
}
