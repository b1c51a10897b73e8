/* SPDX-License-Identifier: MIT */
/*
 * Unpacks what gzip packed: a member of RFC 1952. The bytes come from outside: nothing is believed
 * before it is checked.
 *
 * Linux counterpart: include/linux/decompress/inflate.h
 */
#pragma once

#include <kernel/lib/types.h>

/* What is unpacked, where to, and what came of it. */
struct gunzip {
	const void *in; /* a member begins here */
	size_t in_size; /* what may be read: there may be more behind the member */
	void *out;      /* NULL: only count the bytes that would be written */
	size_t out_size;

	size_t consumed;   /* the member's bytes; after a failure: how far it was read */
	size_t produced;   /* bytes written, or counted */
	const char *error; /* after a failure: what the data is ("cut short") */
};

/* Whether what lies there begins as gzip begins. */
bool is_gzip(const void *in, size_t size);

/*
 * Unpacks the member at gz->in. Returns 0; or -EINVAL when it is damaged or does not fit, with the
 * reason in gz->error. A first call that counts finds the room that a second one needs, and most
 * damage; that what is unpacked has the sum that gzip noted is known to the second one only. Uses
 * 2 KiB of stack. Any context.
 */
int gunzip(struct gunzip *gz);
