/* SPDX-License-Identifier: MIT */
/*
 * gunzip_cases <CASES >OUTPUT: unpacks members, for tools/testing/test_gunzip.py to compare with
 * zlib. A case is a size of four bytes, the lowest first, and so many bytes. What is unpacked goes
 * to the output in the same form, with how much was consumed behind the size; of damaged data the
 * size is all ones.
 *
 * Each case lies at the end of memory of its own, as does what it is unpacked to, so that
 * AddressSanitizer sees one byte more.
 */
#include <kernel/base/bug.h>
#include <kernel/lib/gunzip.h>
#include <kernel/lib/macros.h>

/* From the host's C library, whose headers cannot be included beside the kernel's own. */
ssize_t read(int fd, void *buf, size_t size);
ssize_t write(int fd, const void *buf, size_t size);
void *malloc(size_t size);
void free(void *ptr);
int main(void);

static bool read_all(void *buf, size_t size)
{
	ssize_t done = 1;

	for (; size && done > 0; buf += done, size -= done)
		done = read(0, buf, size);
	return !size;
}

static void write_all(const void *buf, size_t size)
{
	ssize_t done;

	for (; size; buf += done, size -= done) {
		done = write(1, buf, size);
		BUG_ON(done <= 0);
	}
}

/* Damaged data is unpacked for real, too: counting reads and writes less. */
static void try_case(const void *in, u32 size)
{
	struct gunzip count = { .in = in, .in_size = size }, gz = count;
	u32 head[2] = { ~0U, 0 };
	int refused = gunzip(&count);

	gz.out = malloc(count.produced);
	gz.out_size = count.produced;
	if (!gunzip(&gz)) {
		BUG_ON(refused || gz.produced != count.produced || gz.consumed != count.consumed);
		head[0] = gz.produced;
		head[1] = gz.consumed;
	}
	write_all(head, sizeof(head));
	if (head[0] != ~0U)
		write_all(gz.out, gz.produced);
	free(gz.out);
}

int main(void)
{
	u32 size;
	void *in;

	while (read_all(&size, sizeof(size))) {
		in = malloc(size);
		if (!read_all(in, size))
			return 1;
		try_case(in, size);
		free(in);
	}
	return 0;
}
