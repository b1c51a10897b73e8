/* SPDX-License-Identifier: MIT */
/*
 * Unpacks a gzip member: a header with optional parts, all of them skipped, a deflate stream, and a
 * trailer with the checksum of the data and their size.
 *
 * Source: RFC 1952.
 * Linux counterpart: lib/decompress_inflate.c (there the header's checksum is not checked)
 */
#include <kernel/lib/errno.h>
#include <kernel/lib/gunzip.h>
#include <kernel/lib/inflate.h>

#define DEFLATE  8
#define FHCRC    0x02
#define FEXTRA   0x04
#define FNAME    0x08
#define FCOMMENT 0x10
#define RESERVED 0xe0

/* CRC-32 of Ethernet and gzip, four bits a step: a table of 16 words. */
static u32 crc32(const u8 *data, size_t size)
{
	static const u32 table[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
		0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};
	u32 crc = ~0U;

	while (size--) {
		crc ^= *data++;
		crc = table[crc & 15] ^ crc >> 4;
		crc = table[crc & 15] ^ crc >> 4;
	}
	return ~crc;
}

/* The next size bytes, up to 4, the lowest first. Behind the end: 0, and the member has failed. */
static u32 take_bytes(struct inflate *s, int size)
{
	u32 value = 0;
	int i;

	if (size > s->in_end - s->in) {
		s->error = "cut short";
		s->in = s->in_end;
		return 0;
	}
	for (i = 0; i < size; i++)
		value |= (u32)*s->in++ << 8 * i;
	return value;
}

static void skip_text(struct inflate *s)
{
	while (take_bytes(s, 1))
		;
}

static void read_header(struct inflate *s)
{
	const u8 *start = s->in;
	u32 magic = take_bytes(s, 2), method = take_bytes(s, 1), flags = take_bytes(s, 1), size,
	    sum;

	if (!s->error && (magic != 0x8b1f || method != DEFLATE || (flags & RESERVED)))
		s->error = "of an unknown kind";
	take_bytes(s, 4); /* when it was packed */
	take_bytes(s, 2); /* how, and where */
	if (flags & FEXTRA)
		for (size = take_bytes(s, 2); size && !s->error; size--)
			take_bytes(s, 1);
	if (flags & FNAME)
		skip_text(s);
	if (flags & FCOMMENT)
		skip_text(s);
	sum = crc32(start, s->in - start) & 0xffff;
	if ((flags & FHCRC) && take_bytes(s, 2) != sum && !s->error)
		s->error = "damaged: the header has another sum";
}

/* A stream that is only counted has no data to sum. */
static void read_trailer(struct inflate *s)
{
	u32 sum = take_bytes(s, 4), size = take_bytes(s, 4);

	if (!s->error && size != (u32)s->produced)
		s->error = "damaged: the data has another size";
	if (!s->error && s->out && sum != crc32(s->out, s->produced))
		s->error = "damaged: the data has another sum";
}

bool is_gzip(const void *in, size_t size)
{
	const u8 *byte = in;

	return size >= 2 && byte[0] == 0x1f && byte[1] == 0x8b;
}

int gunzip(struct gunzip *gz)
{
	struct inflate s = {
		.in = gz->in,
		.in_end = (const u8 *)gz->in + gz->in_size,
		.out = gz->out,
		.room = gz->out ? gz->out_size : (size_t)-1,
	};

	read_header(&s);
	if (!s.error && !inflate(&s))
		read_trailer(&s);
	gz->consumed = s.in - (const u8 *)gz->in;
	gz->produced = s.produced;
	gz->error = s.error;
	return s.error ? -EINVAL : 0;
}
