/* SPDX-License-Identifier: MIT */
/*
 * The compression of gzip and zip, RFC 1951 ("deflate"), unpacked. The bytes come from outside:
 * nothing is believed before it is checked.
 *
 * Linux counterpart: include/linux/zlib.h (there in pieces)
 */
#pragma once

#include <kernel/lib/types.h>

/* One stream: what is read, where to it is unpacked, and how far that went. */
struct inflate {
	const u8 *in, *in_end; /* in moves on */
	u8 *out;               /* NULL: only count what would be written */
	size_t room;           /* bytes at out */
	size_t produced;       /* bytes written, or counted */
	const char *error;     /* NULL, or why it failed */

	u32 bits; /* taken from in and not used yet, the next one lowest; 0 at the start */
	int nr_bits;
};

/*
 * Unpacks the stream at s->in to s->out. Returns 0, with s->in behind the stream's last byte; or
 * -EINVAL when it is damaged or does not fit, with the reason in s->error. Needs 2 KiB of stack.
 * Any context.
 */
int inflate(struct inflate *s);
