/* SPDX-License-Identifier: MIT */
/*
 * A reader of the flattened device tree, the blob in which the boot loader describes the machine.
 *
 * There are two steps. fdt_check_full() walks the whole blob once and checks everything. After it
 * has passed, the accessors rely on the blob and stay small. Neither writes, allocates or keeps
 * state, so both work in the first instructions of the boot. The blob stays big-endian; property
 * values are converted by the callers, which know their type (byteorder.h).
 *
 * A node or property is named by its offset in the structure block, 0 being the root. Names and
 * arguments are libfdt's, and the errors are negative as there, but numbered and worded more
 * finely. A string whose property ends without NUL ends with its property.
 *
 * Linux counterpart: scripts/dtc/libfdt, drivers/of/fdt.c
 */
#pragma once

#include <kernel/lib/byteorder.h>
#include <kernel/lib/types.h>

#define FDT_MAGIC     0xd00dfeed
#define FDT_VERSION   17
#define FDT_MAX_DEPTH 64

struct fdt_header {
	__be32 magic;
	__be32 totalsize;
	__be32 off_dt_struct;
	__be32 off_dt_strings;
	__be32 off_mem_rsvmap;
	__be32 version;
	__be32 last_comp_version;
	__be32 boot_cpuid_phys;
	__be32 size_dt_strings;
	__be32 size_dt_struct;
};

struct fdt_reserve_entry {
	__be64 address;
	__be64 size;
};

/* A property in the structure block: FDT_PROP, then this, then the value padded to four bytes. */
struct fdt_property {
	__be32 tag;
	__be32 len;
	__be32 nameoff;
	u8 data[];
};

/* The tokens of the structure block. */
enum fdt_tag {
	FDT_BEGIN_NODE = 1,
	FDT_END_NODE = 2,
	FDT_PROP = 3,
	FDT_NOP = 4,
	FDT_END = 9,
};

/* Returned negated. */
enum fdt_error {
	FDT_ERR_NOTFOUND = 1,
	FDT_ERR_BADOFFSET,
	FDT_ERR_ALIGNMENT,
	FDT_ERR_TRUNCATED,
	FDT_ERR_BADMAGIC,
	FDT_ERR_BADVERSION,
	FDT_ERR_BADLAYOUT,
	FDT_ERR_BADRESERVE,
	FDT_ERR_BADSTRINGS,
	FDT_ERR_BADTAG,
	FDT_ERR_BADNAME,
	FDT_ERR_BADPROPERTY,
	FDT_ERR_BADNESTING,
	FDT_ERR_TOODEEP,
	FDT_ERR_NOEND,
};

/* What a result of the functions below means, in words; never NULL. */
const char *fdt_strerror(int err);

/*
 * Is there a header at fdt that we can read, of a blob that fits into max bytes? Looks at the 40
 * bytes of the header only. fdt may be any pointer with max readable bytes behind it. 0 or an
 * error.
 */
int fdt_check_header(const void *fdt, size_t max);

/* The same and every reservation, node, property and name in it: each access below is then safe. */
int fdt_check_full(const void *fdt, size_t max);

/* Everything from here on wants a blob that fdt_check_full() has passed. */

/* Size of the whole blob in bytes. */
static inline u32 fdt_totalsize(const void *fdt)
{
	return be32_to_cpu(((const struct fdt_header *)fdt)->totalsize);
}

/* Entry n of the memory reservation map: 0, or -FDT_ERR_NOTFOUND for the one behind the last. */
int fdt_get_mem_rsv(const void *fdt, int n, u64 *address, u64 *size);

/*
 * The kind of the token at offset; *next gets the offset of the one behind it. Offset 0 is the
 * first; the token behind FDT_END is FDT_END again. This is how to read each token once.
 */
enum fdt_tag fdt_next_tag(const void *fdt, int offset, int *next);

/*
 * The node after the one at offset, parents before their children; -1 starts at the root. *depth
 * follows the descent, counted from the caller's value. Returns -FDT_ERR_NOTFOUND behind the last
 * node and, with a depth, as soon as it would fall below 0: so
 *	for (depth = 0, node = fdt_next_node(fdt, top, &depth); node >= 0;
 *	     node = fdt_next_node(fdt, node, &depth))
 * visits what is below top (libfdt returns a useless offset there); start with -1 and depth -1 to
 * visit all. depth may be NULL.
 */
int fdt_next_node(const void *fdt, int offset, int *depth);

/*
 * The node's name with its unit address, "" for the root. NULL and an error in *len if none is
 * there.
 */
const char *fdt_get_name(const void *fdt, int node, int *len);

/* The first property of a node; the one after a property. Or -FDT_ERR_NOTFOUND. */
int fdt_first_property_offset(const void *fdt, int node);
int fdt_next_property_offset(const void *fdt, int property);

/* The value of the property at offset, 4-byte aligned, its name and length (each may be NULL). */
const void *fdt_getprop_by_offset(const void *fdt, int property, const char **name, int *len);

/*
 * The value of a node's property, and its length (len may be NULL). NULL, an error in *len: none.
 */
const void *fdt_getprop(const void *fdt, int node, const char *name, int *len);

/*
 * The index of string in a value of len bytes that is a list of strings: 0 for the first, or
 * -FDT_ERR_NOTFOUND. The last string counts without its NUL, too, because boards have such values.
 * (libfdt: fdt_stringlist_search(), which wants the NUL.)
 */
int fdt_stringlist_index(const char *list, int len, const char *string);

/*
 * The node of a path: "/soc/serial@9000000", or one whose first part is a name in /aliases. A part
 * without a unit address also finds a node with one. An error when a part is missing. The _namelen
 * form wants only that many characters, such as those before the colon in stdout-path.
 */
int fdt_path_offset_namelen(const void *fdt, const char *path, int namelen);
int fdt_path_offset(const void *fdt, const char *path);
