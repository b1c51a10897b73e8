/* SPDX-License-Identifier: MIT */
/*
 * Reading a device tree that fdt_check_full() has passed. The structure block is a sequence of
 * tokens, and every search is a walk along it.
 *
 * Linux counterpart: scripts/dtc/libfdt/fdt.c, fdt_ro.c (which check each step again)
 */
#include <kernel/lib/fdt.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

static const void *struct_at(const void *fdt, int offset)
{
	const struct fdt_header *header = fdt;

	return (const u8 *)fdt + be32_to_cpu(header->off_dt_struct) + offset;
}

static const char *property_name(const void *fdt, const struct fdt_property *prop)
{
	const struct fdt_header *header = fdt;

	return (const char *)fdt + be32_to_cpu(header->off_dt_strings) + be32_to_cpu(prop->nameoff);
}

enum fdt_tag fdt_next_tag(const void *fdt, int offset, int *next)
{
	const struct fdt_property *token = struct_at(fdt, offset);
	enum fdt_tag tag = be32_to_cpu(token->tag);

	if (tag == FDT_PROP)
		*next = offset + sizeof(*token) + ALIGN(be32_to_cpu(token->len), 4);
	else if (tag == FDT_BEGIN_NODE)
		*next = offset + 4 + ALIGN(strlen(struct_at(fdt, offset + 4)) + 1, 4);
	else
		*next = tag == FDT_END ? offset : offset + 4; /* the end is never passed */
	return tag;
}

/* Is there a token of that kind at an offset that came from our caller? */
static bool is_token(const void *fdt, int offset, enum fdt_tag tag)
{
	const struct fdt_header *header = fdt;

	return offset >= 0 && IS_ALIGNED(offset, 4) &&
	       (u32)offset < be32_to_cpu(header->size_dt_struct) &&
	       be32_to_cpup(struct_at(fdt, offset)) == tag;
}

int fdt_get_mem_rsv(const void *fdt, int n, u64 *address, u64 *size)
{
	const struct fdt_header *header = fdt;
	u32 start = be32_to_cpu(header->off_mem_rsvmap);
	const struct fdt_reserve_entry *entry = (const void *)((const u8 *)fdt + start);

	if (n < 0 || n >= (fdt_totalsize(fdt) - start) / sizeof(*entry))
		return -FDT_ERR_NOTFOUND;
	*address = be64_to_cpu(entry[n].address);
	*size = be64_to_cpu(entry[n].size);
	return *address || *size ? 0 : -FDT_ERR_NOTFOUND; /* two zeros are the end */
}

int fdt_next_node(const void *fdt, int offset, int *depth)
{
	enum fdt_tag tag;
	int next = 0;

	if (offset >= 0) {
		if (!is_token(fdt, offset, FDT_BEGIN_NODE))
			return -FDT_ERR_BADOFFSET;
		fdt_next_tag(fdt, offset, &next);
	}
	for (;;) {
		offset = next;
		tag = fdt_next_tag(fdt, offset, &next);
		if (tag == FDT_END)
			return -FDT_ERR_NOTFOUND;
		if (tag == FDT_BEGIN_NODE) {
			if (depth)
				++*depth;
			return offset;
		}
		if (tag == FDT_END_NODE && depth && --*depth < 0)
			return -FDT_ERR_NOTFOUND;
	}
}

/* Results that come with a length: NULL leaves the error in its place. */
static const void *no_result(int err, int *len)
{
	if (len)
		*len = err;
	return NULL;
}

const char *fdt_get_name(const void *fdt, int node, int *len)
{
	const char *name;

	if (!is_token(fdt, node, FDT_BEGIN_NODE))
		return no_result(-FDT_ERR_BADOFFSET, len);
	name = struct_at(fdt, node + 4);
	if (len)
		*len = strlen(name);
	return name;
}

/* The property at offset or behind NOPs there; *next is the offset behind it. */
static int property_from(const void *fdt, int offset, int *next)
{
	enum fdt_tag tag = fdt_next_tag(fdt, offset, next);

	while (tag == FDT_NOP) {
		offset = *next;
		tag = fdt_next_tag(fdt, offset, next);
	}
	return tag == FDT_PROP ? offset : -FDT_ERR_NOTFOUND;
}

int fdt_first_property_offset(const void *fdt, int node)
{
	int next;

	if (!is_token(fdt, node, FDT_BEGIN_NODE))
		return -FDT_ERR_BADOFFSET;
	fdt_next_tag(fdt, node, &next);
	return property_from(fdt, next, &next);
}

int fdt_next_property_offset(const void *fdt, int property)
{
	int next;

	if (!is_token(fdt, property, FDT_PROP))
		return -FDT_ERR_BADOFFSET;
	fdt_next_tag(fdt, property, &next);
	return property_from(fdt, next, &next);
}

const void *fdt_getprop_by_offset(const void *fdt, int property, const char **name, int *len)
{
	const struct fdt_property *prop;

	if (!is_token(fdt, property, FDT_PROP))
		return no_result(-FDT_ERR_BADOFFSET, len);
	prop = struct_at(fdt, property);
	if (name)
		*name = property_name(fdt, prop);
	if (len)
		*len = be32_to_cpu(prop->len);
	return prop->data;
}

const void *fdt_getprop(const void *fdt, int node, const char *name, int *len)
{
	int property, next;

	if (!is_token(fdt, node, FDT_BEGIN_NODE))
		return no_result(-FDT_ERR_BADOFFSET, len);
	fdt_next_tag(fdt, node, &next);
	while ((property = property_from(fdt, next, &next)) >= 0) {
		if (strcmp(property_name(fdt, struct_at(fdt, property)), name) == 0)
			return fdt_getprop_by_offset(fdt, property, NULL, len);
	}
	return no_result(property, len);
}

int fdt_stringlist_index(const char *list, int len, const char *string)
{
	size_t wanted = strlen(string), length;
	int index;

	for (index = 0; len > 0; index++, list += length + 1, len -= length + 1) {
		length = strnlen(list, len);
		if (length == wanted && memcmp(list, string, length) == 0)
			return index;
	}
	return -FDT_ERR_NOTFOUND;
}

/* Whole names match, and so do those that agree up to the unit address. */
static bool name_matches(const char *node_name, const char *name, int namelen)
{
	if (strncmp(node_name, name, namelen) != 0)
		return false;
	return node_name[namelen] == '\0' || node_name[namelen] == '@';
}

/* The child of parent that is called name. */
static int subnode_offset(const void *fdt, int parent, const char *name, int namelen)
{
	int depth = 0;
	int node = fdt_next_node(fdt, parent, &depth);

	for (; node >= 0; node = fdt_next_node(fdt, node, &depth)) {
		if (depth == 1 && name_matches(fdt_get_name(fdt, node, NULL), name, namelen))
			return node;
	}
	return node;
}

/* The node that /aliases gives for the first namelen characters of name. */
static int alias_offset(const void *fdt, const char *name, int namelen)
{
	int property = fdt_first_property_offset(fdt, fdt_path_offset(fdt, "/aliases"));

	for (; property >= 0; property = fdt_next_property_offset(fdt, property)) {
		const struct fdt_property *prop = struct_at(fdt, property);
		const char *alias = property_name(fdt, prop), *path = (const char *)prop->data;
		int len = strnlen(path, be32_to_cpu(prop->len));

		/* The path must begin with a slash, so that no alias names another one. */
		if (!strncmp(alias, name, namelen) && !alias[namelen] && len && *path == '/')
			return fdt_path_offset_namelen(fdt, path, len);
	}
	return -FDT_ERR_NOTFOUND;
}

/* Length of the part of a path before the next slash. */
static int part_length(const char *path, const char *end)
{
	const char *slash = memchr(path, '/', end - path);

	return (slash ? slash : end) - path;
}

int fdt_path_offset_namelen(const void *fdt, const char *path, int namelen)
{
	const char *end = path + namelen;
	int node = 0;

	if (namelen == 0 || *path != '/') {
		int len = part_length(path, end);

		node = alias_offset(fdt, path, len);
		path += len;
	}
	while (path < end && node >= 0) {
		int len = part_length(path, end);

		if (len > 0)
			node = subnode_offset(fdt, node, path, len);
		path += len > 0 ? len : 1; /* a part, or one slash */
	}
	return node;
}

int fdt_path_offset(const void *fdt, const char *path)
{
	return fdt_path_offset_namelen(fdt, path, strlen(path));
}
