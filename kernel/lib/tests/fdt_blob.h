/* SPDX-License-Identifier: MIT */
/*
 * A device tree built by hand, token by token, for the tests of its reader. It ends where its array
 * ends, so that the host's sanitizers see each byte that is read too far. For one source file at a
 * time: the state is that file's own.
 */
#pragma once

#include <kernel/lib/fdt.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

#define ROOM_SIZE     1024
#define RSV_OFFSET    40
#define STRUCT_OFFSET 88

/* Bytes for the blob, which moves to the very end of them once it is finished. */
static u8 room[ROOM_SIZE] __aligned(8);
static u8 *blob;
static u32 blob_size;

/* Where the next token goes, and where tests find what they look for or change. */
static u32 pos, strings_pos, alias_pos, serial_pos, reg_pos, end_pos;

static const char strings[] = "compatible\0reg\0serial0\0stdout-path";
#define NAME_COMPATIBLE 0
#define NAME_REG        11
#define NAME_SERIAL0    15
#define NAME_STDOUT     23

static inline void set32(u32 offset, u32 value)
{
	put_unaligned_be32(value, blob + offset);
}

static inline void token(u32 value)
{
	set32(pos, value);
	pos += 4;
}

static inline void bytes(const void *data, u32 size)
{
	memcpy(blob + pos, data, size);
	pos += ALIGN(size, 4);
}

static inline void begin_node(const char *name)
{
	token(FDT_BEGIN_NODE);
	bytes(name, strlen(name) + 1);
}

static inline void property(u32 nameoff, const void *value, u32 size)
{
	token(FDT_PROP);
	token(size);
	token(nameoff);
	bytes(value, size);
}

static inline void fill_header(void)
{
	blob_size = ALIGN(strings_pos + sizeof(strings), 8);
	set32(0, FDT_MAGIC);
	set32(4, blob_size);
	set32(8, STRUCT_OFFSET);
	set32(12, strings_pos);
	set32(16, RSV_OFFSET);
	set32(20, 17);
	set32(24, 16);
	set32(32, sizeof(strings));
	set32(36, strings_pos - STRUCT_OFFSET);
}

static inline void fill_structure(void)
{
	begin_node("");
	token(FDT_NOP);
	property(NAME_COMPATIBLE, "linux,dummy-virt", 17);
	begin_node("aliases");
	alias_pos = pos;
	property(NAME_SERIAL0, "/soc/uart@9000000", 18);
	token(FDT_END_NODE);
	begin_node("chosen");
	property(NAME_STDOUT, "serial0:115200", 15);
	token(FDT_END_NODE);
	begin_node("soc");
	serial_pos = pos;
	begin_node("uart@9000000");
	property(NAME_COMPATIBLE, "arm,pl011\0arm,primecell", 24);
	token(FDT_NOP);
	reg_pos = pos;
	property(NAME_REG, "\0\0\0\0\x09\0\0\0", 8);
	token(FDT_END_NODE);
	token(FDT_NOP);
	begin_node("uart@9040000");
	token(FDT_END_NODE);
	token(FDT_END_NODE);
	token(FDT_END_NODE);
	end_pos = pos;
	token(FDT_END);
}

/*
 * Builds a blob: start_blob(), begin_node(), property() and token() as it needs them,
 * finish_blob().
 */
static inline void start_blob(void)
{
	blob = room;
	memset(room, 0, sizeof(room));
	pos = STRUCT_OFFSET;
}

static inline void finish_blob(void)
{
	strings_pos = pos;
	bytes(strings, sizeof(strings));
	fill_header();
	blob = room + sizeof(room) - blob_size;
	memmove(blob, room, blob_size);
}

/* The tree that the tests read: two reservations, /aliases, /chosen, /soc and two UARTs in it. */
static inline void build_sample(void)
{
	start_blob();
	set32(RSV_OFFSET, 0x1);
	set32(RSV_OFFSET + 4, 0x40000000);
	set32(RSV_OFFSET + 12, 0x1000);
	set32(RSV_OFFSET + 20, 0x48000000);
	fill_structure();
	finish_blob();
}
