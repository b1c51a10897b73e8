/* SPDX-License-Identifier: MIT */
/* For tests: a flattened device tree, built call by call in a static buffer. */
#pragma once

#include <kernel/lib/byteorder.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

#define STRUCT_WORDS     1000
#define MAX_RESERVATIONS 4

/* Header, reservations with an empty one at the end, structure, strings. */
static struct {
	struct fdt_header header;
	struct fdt_reserve_entry reservations[MAX_RESERVATIONS + 1];
	__be32 words[STRUCT_WORDS];
	char strings[512];
} blob __aligned(8);

static unsigned int word_count, string_bytes, reservation_count;

static inline void start_tree(void)
{
	memset(&blob, 0, sizeof(blob));
	word_count = string_bytes = reservation_count = 0;
}

static inline void reserve(u64 address, u64 size)
{
	blob.reservations[reservation_count++] = (struct fdt_reserve_entry){
		.address = cpu_to_be64(address),
		.size = cpu_to_be64(size),
	};
}

static inline void put(u32 word)
{
	blob.words[word_count++] = cpu_to_be32(word);
}

static inline void put_bytes(const void *bytes, size_t count)
{
	memcpy(&blob.words[word_count], bytes, count);
	word_count += ALIGN(count, 4) / 4;
}

static inline void begin_node(const char *name)
{
	put(FDT_BEGIN_NODE);
	put_bytes(name, strlen(name) + 1);
}

static inline void end_node(void)
{
	put(FDT_END_NODE);
}

static inline void begin_property(const char *name, unsigned int bytes)
{
	put(FDT_PROP);
	put(bytes);
	put(string_bytes);
	memcpy(blob.strings + string_bytes, name, strlen(name) + 1);
	string_bytes += strlen(name) + 1;
}

static inline void property(const char *name, const u32 *cells, unsigned int count)
{
	unsigned int i;

	begin_property(name, count * 4);
	for (i = 0; i < count; i++)
		put(cells[i]);
}

static inline void string_property(const char *name, const char *value)
{
	begin_property(name, strlen(value) + 1);
	put_bytes(value, strlen(value) + 1);
}

#define PROPERTY(name, ...)                                 \
	do {                                                \
		const u32 _cells[] = { __VA_ARGS__ };       \
		property(name, _cells, ARRAY_SIZE(_cells)); \
	} while (0)

static inline void finish_tree(void)
{
	put(FDT_END);
	blob.header = (struct fdt_header){
		.magic = cpu_to_be32(FDT_MAGIC),
		.totalsize = cpu_to_be32(sizeof(blob)),
		.off_dt_struct = cpu_to_be32(offsetof(__typeof__(blob), words)),
		.off_dt_strings = cpu_to_be32(offsetof(__typeof__(blob), strings)),
		.off_mem_rsvmap = cpu_to_be32(offsetof(__typeof__(blob), reservations)),
		.version = cpu_to_be32(FDT_VERSION),
		.last_comp_version = cpu_to_be32(16),
		.size_dt_strings = cpu_to_be32(string_bytes),
		.size_dt_struct = cpu_to_be32(word_count * 4),
	};
}
