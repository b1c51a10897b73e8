/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes what unpacks gzip: it ends, stays inside, and says the same whether it counts or writes.
 * An input without the mark of gzip is a stream by itself: the sum of a member is hard to guess.
 */
#include "fuzz.h"

#include <kernel/lib/errno.h>
#include <kernel/lib/gunzip.h>
#include <kernel/lib/inflate.h>
#include <kernel/lib/string.h>

#include "tools/testing/host/libc.h"

#define MAX_ROOM 65536 /* more is not written, only counted: a small input may unpack to much */

static void try_member(const u8 *data, size_t size)
{
	struct gunzip count = { .in = data, .in_size = size }, gz = count;
	int error = gunzip(&count);

	FUZZ_ASSERT(error ? error == -EINVAL && count.error : !count.error);
	FUZZ_ASSERT(count.consumed <= size);
	gz.out_size = count.produced < MAX_ROOM ? count.produced : MAX_ROOM;
	gz.out = host_alloc(gz.out_size + !gz.out_size, 1);
	if (!gunzip(&gz))
		FUZZ_ASSERT(!error && gz.consumed == count.consumed);
	FUZZ_ASSERT(gz.produced <= gz.out_size);
	fuzz_touch(gz.out, gz.produced);
	host_free(gz.out);
}

static void try_stream(const u8 *data, size_t size)
{
	u8 out[512];
	struct inflate count = { .in = data, .in_end = data + size, .room = sizeof(out) };
	struct inflate s = count;

	s.out = out;
	FUZZ_ASSERT(inflate(&count) == inflate(&s));
	FUZZ_ASSERT(s.produced == count.produced && s.in == count.in && s.error == count.error);
	FUZZ_ASSERT(s.produced <= sizeof(out) && s.in <= s.in_end);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	if (is_gzip(data, size))
		try_member(data, size);
	else
		try_stream(data, size);
	return 0;
}
