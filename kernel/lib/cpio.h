/* SPDX-License-Identifier: MIT */
/*
 * A cpio archive in memory, entry by entry. The format is "newc": a header of 8-digit hexadecimal
 * numbers, the name, the data, each part padded to four bytes; the entry TRAILER!!! ends it. "crc"
 * is newc with a sum of the data's bytes. The bytes come from outside: nothing is believed before
 * it is checked, and nothing is copied.
 *
 * A file with several names (hard links) has an entry for each, with nlink of 2 and more, and equal
 * inode and device numbers. One of them holds the data: in archives of GNU cpio the last one, in
 * others the first.
 *
 * Linux counterpart: init/initramfs.c, Documentation/driver-api/early-userspace/buffer-format.rst
 */
#pragma once

#include <kernel/lib/types.h>

/* The state of a walk. Only cpio.c changes it; error is the reason after a failure. */
struct cpio_cursor {
	const char *start;
	size_t size;
	size_t offset;
	size_t end; /* behind the trailer, once it was reached */
	const char *error;
};

/* name ends in NUL and is not empty; data has size bytes and lies in the archive. */
struct cpio_entry {
	const char *name;
	const void *data;
	u32 size;
	u32 ino;
	u32 mode;
	u32 uid;
	u32 gid;
	u32 nlink;
	u32 mtime;
	u32 devmajor;
	u32 devminor;
	u32 rdevmajor;
	u32 rdevminor;
};

/* Starts a walk over size bytes at archive, which stay unchanged during it. No alignment needed. */
void cpio_begin(struct cpio_cursor *cursor, const void *archive, size_t size);

/*
 * Reads the next entry. Returns 1 with *entry filled; 0 at the end of the archive; -EINVAL when it
 * is damaged, with the reason in cursor->error and the place in cursor->offset. Any context.
 */
int cpio_next(struct cpio_cursor *cursor, struct cpio_entry *entry);

/*
 * Walks over the whole archive. Returns 0 when each entry can be read, with cursor->end behind the
 * trailer; or -EINVAL as cpio_next() does. Any context.
 */
int cpio_check(struct cpio_cursor *cursor);
