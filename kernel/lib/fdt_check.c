/* SPDX-License-Identifier: MIT */
/*
 * The one pass that believes nothing. The blob comes from a boot loader, or from whatever lies
 * where one should have put it; after this pass fdt.c may follow every offset in it without
 * looking.
 *
 * What is asked for beyond memory safety is what the specification asks for: one root with an empty
 * name, properties before subnodes, a FDT_END outside all nodes.
 *
 * Linux counterpart: scripts/dtc/libfdt/fdt_check.c
 */
#include <kernel/lib/fdt.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

/* The walk over the structure block. */
struct fdt_walk {
	const u8 *block;
	u32 size;
	u32 pos;
	const char *strings;
	u32 strings_size;
	int depth;
	bool root_seen;
	bool properties_allowed;
};

static const char *const errors[] = {
	[0] = "no error",
	[FDT_ERR_NOTFOUND] = "no such node or property",
	[FDT_ERR_BADOFFSET] = "offset is not that of a node or property",
	[FDT_ERR_ALIGNMENT] = "blob or block is not aligned",
	[FDT_ERR_TRUNCATED] = "blob is larger than the memory it is in, or smaller than its header",
	[FDT_ERR_BADMAGIC] = "no device tree magic",
	[FDT_ERR_BADVERSION] = "version is not compatible with 17",
	[FDT_ERR_BADLAYOUT] = "block lies outside the blob",
	[FDT_ERR_BADRESERVE] = "memory reservation map has no end",
	[FDT_ERR_BADSTRINGS] = "strings block does not end in NUL",
	[FDT_ERR_BADTAG] = "unknown token",
	[FDT_ERR_BADNAME] = "node name is missing, unterminated or contains a slash",
	[FDT_ERR_BADPROPERTY] = "property runs past the block or has no name",
	[FDT_ERR_BADNESTING] = "token at the wrong place: nodes or properties are badly nested",
	[FDT_ERR_TOODEEP] = "nodes are nested too deeply",
	[FDT_ERR_NOEND] = "structure block has no end",
};

const char *fdt_strerror(int err)
{
	unsigned int index = err < 0 ? -(unsigned int)err : 0;

	return index < ARRAY_SIZE(errors) ? errors[index] : "unknown error";
}

/*
 * Does a block of size bytes at offset, of the given alignment, lie behind the header in the blob?
 */
static int check_block(const struct fdt_header *fdt, u32 offset, u32 size, u32 align)
{
	u32 total = be32_to_cpu(fdt->totalsize);

	if (!IS_ALIGNED(offset, align))
		return -FDT_ERR_ALIGNMENT;
	if (offset < sizeof(*fdt) || offset > total || size > total - offset)
		return -FDT_ERR_BADLAYOUT;
	return 0;
}

int fdt_check_header(const void *blob, size_t max)
{
	const struct fdt_header *fdt = blob;
	u32 total;
	int err;

	if (!IS_ALIGNED((unsigned long)blob, 8))
		return -FDT_ERR_ALIGNMENT;
	if (max < sizeof(*fdt))
		return -FDT_ERR_TRUNCATED;
	if (be32_to_cpu(fdt->magic) != FDT_MAGIC)
		return -FDT_ERR_BADMAGIC;
	if (be32_to_cpu(fdt->version) < FDT_VERSION ||
	    be32_to_cpu(fdt->last_comp_version) > FDT_VERSION)
		return -FDT_ERR_BADVERSION;
	/* Offsets are ints, negative ones are errors. */
	total = be32_to_cpu(fdt->totalsize);
	if (total < sizeof(*fdt) || total > max || total >> 31)
		return -FDT_ERR_TRUNCATED;

	err = check_block(fdt, be32_to_cpu(fdt->off_mem_rsvmap), 0, 8);
	if (!err)
		err = check_block(fdt, be32_to_cpu(fdt->off_dt_struct),
				  be32_to_cpu(fdt->size_dt_struct), 4);
	if (!err)
		err = check_block(fdt, be32_to_cpu(fdt->off_dt_strings),
				  be32_to_cpu(fdt->size_dt_strings), 1);
	return err;
}

/* The map has no size: an entry of two zeros ends it, and has to be found inside the blob. */
static int check_reservations(const struct fdt_header *fdt)
{
	u32 offset = be32_to_cpu(fdt->off_mem_rsvmap);
	u32 count = (be32_to_cpu(fdt->totalsize) - offset) / sizeof(struct fdt_reserve_entry);
	const struct fdt_reserve_entry *entry = (const void *)((const u8 *)fdt + offset);

	for (; count; count--, entry++) {
		if (!entry->address && !entry->size)
			return 0;
	}
	return -FDT_ERR_BADRESERVE;
}

/* With a NUL at its very end, every offset inside the block is the start of a sound string. */
static int check_strings(const struct fdt_header *fdt)
{
	const u8 *strings = (const u8 *)fdt + be32_to_cpu(fdt->off_dt_strings);
	u32 size = be32_to_cpu(fdt->size_dt_strings);

	return size && strings[size - 1] ? -FDT_ERR_BADSTRINGS : 0;
}

static int check_begin_node(struct fdt_walk *walk)
{
	const char *name = (const char *)walk->block + walk->pos;
	u32 left = walk->size - walk->pos;
	u32 len = strnlen(name, left);
	bool is_root = walk->depth == 0;

	if (is_root && walk->root_seen)
		return -FDT_ERR_BADNESTING;
	if (walk->depth == FDT_MAX_DEPTH)
		return -FDT_ERR_TOODEEP;
	if (len == left || is_root != (len == 0) || memchr(name, '/', len))
		return -FDT_ERR_BADNAME;
	walk->depth++;
	walk->root_seen = true;
	walk->properties_allowed = true;
	walk->pos += ALIGN(len + 1, 4);
	return 0;
}

static int check_property(struct fdt_walk *walk)
{
	const struct fdt_property *prop = (const void *)(walk->block + walk->pos - 4);
	u32 left = walk->size - walk->pos;
	u32 len, nameoff;

	if (!walk->properties_allowed)
		return -FDT_ERR_BADNESTING;
	if (left < 8)
		return -FDT_ERR_BADPROPERTY;
	len = be32_to_cpu(prop->len);
	nameoff = be32_to_cpu(prop->nameoff);
	if (len > left - 8 || nameoff >= walk->strings_size || !walk->strings[nameoff])
		return -FDT_ERR_BADPROPERTY;
	walk->pos += 8 + ALIGN(len, 4);
	return 0;
}

static int check_end_node(struct fdt_walk *walk)
{
	if (walk->depth == 0)
		return -FDT_ERR_BADNESTING;
	walk->depth--;
	walk->properties_allowed = false;
	return 0;
}

static int check_structure(const struct fdt_header *fdt)
{
	struct fdt_walk walk = {
		.block = (const u8 *)fdt + be32_to_cpu(fdt->off_dt_struct),
		.size = ALIGN_DOWN(be32_to_cpu(fdt->size_dt_struct), 4),
		.strings = (const char *)fdt + be32_to_cpu(fdt->off_dt_strings),
		.strings_size = be32_to_cpu(fdt->size_dt_strings),
	};
	int err = 0;

	while (!err) {
		u32 tag;

		if (walk.pos == walk.size)
			return -FDT_ERR_NOEND;
		tag = be32_to_cpup((const void *)(walk.block + walk.pos));
		walk.pos += 4;
		if (tag == FDT_END)
			return walk.depth == 0 && walk.root_seen ? 0 : -FDT_ERR_BADNESTING;
		if (tag == FDT_BEGIN_NODE)
			err = check_begin_node(&walk);
		else if (tag == FDT_PROP)
			err = check_property(&walk);
		else if (tag == FDT_END_NODE)
			err = check_end_node(&walk);
		else if (tag != FDT_NOP)
			err = -FDT_ERR_BADTAG;
	}
	return err;
}

int fdt_check_full(const void *fdt, size_t max)
{
	int err = fdt_check_header(fdt, max);

	if (!err)
		err = check_reservations(fdt);
	if (!err)
		err = check_strings(fdt);
	if (!err)
		err = check_structure(fdt);
	return err;
}
