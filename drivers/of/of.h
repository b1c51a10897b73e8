/* SPDX-License-Identifier: MIT */
/*
 * The device tree as drivers see it: nodes, properties, addresses, interrupts.
 *
 * A node is a small record linked to its parent, its first child and its next sibling. Properties
 * are not copied: a node remembers where it starts in the flattened tree, which stays mapped, and
 * reading a property is reading it there. Property values are big-endian and belong to the tree:
 * never written, never freed. Nodes live for ever, so there is no reference count (Linux:
 * of_node_get/put).
 *
 * The tree is built once at boot and only read afterwards: no lock.
 *
 * Linux counterpart: include/linux/of.h, of_address.h, of_irq.h
 */
#pragma once

#include <kernel/lib/byteorder.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>
#include <mm/resource.h>

struct device_node {
	const char *full_name; /* with the unit address: "pl011@9000000"; the root's is "" */
	u32 phandle;           /* 0: nobody refers to this node */
	struct device_node *parent, *child, *sibling;
	int offset; /* where the node starts in the flattened tree */
};

/*
 * A row of a match table; the table ends with an empty row. data is the matching driver's business.
 */
struct of_device_id {
	const char *compatible;
	const void *data;
};

#define MAX_PHANDLE_ARGS 16

/* A reference to a node with the cells that follow it. */
struct of_phandle_args {
	struct device_node *np;
	int args_count;
	u32 args[MAX_PHANDLE_ARGS];
};

extern struct device_node *of_root;

/* --- base.c: nodes and properties. Callable from any context once the tree stands. --- */

/*
 * Build the nodes from the flattened tree, in memory from memblock. Once, at boot, between
 * paging_init and the page allocator. Panics without memory.
 */
void unflatten_device_tree(void);

/*
 * The node of an absolute path ("/pl011@9000000") or of an alias ("serial0"), up to a ':'; or NULL.
 */
struct device_node *of_find_node_by_path(const char *path);

/* The node that others call by this number, or NULL. */
struct device_node *of_find_node_by_phandle(u32 phandle);

/*
 * The first node after from (NULL: of all) in tree order that is compatible with the string, or
 * NULL.
 */
struct device_node *of_find_compatible_node(struct device_node *from, const char *compatible);

/*
 * The next node after from (NULL: the root) in tree order: parents before children; NULL at the
 * end.
 */
struct device_node *of_find_all_nodes(struct device_node *from);

/* The row of matches that fits np best (an earlier string in np's list wins), or NULL. */
const struct of_device_id *of_match_node(const struct of_device_id *matches,
					 const struct device_node *np);

bool of_device_is_compatible(const struct device_node *np, const char *compatible);

/* False only when np has a status that is neither "okay" nor "ok". */
bool of_device_is_available(const struct device_node *np);

/* The part of np's name before '@' is name. */
bool of_node_name_eq(const struct device_node *np, const char *name);

/* The property's bytes, *lenp (may be NULL) their number; NULL when it is not there. */
const void *of_get_property(const struct device_node *np, const char *name, int *lenp);

bool of_property_read_bool(const struct device_node *np, const char *name);

/*
 * All return 0, -EINVAL without the property, -EOVERFLOW when it is too short (then nothing is
 * written).
 */
int of_property_read_u32(const struct device_node *np, const char *name, u32 *out);
int of_property_read_u32_index(const struct device_node *np, const char *name, u32 index, u32 *out);
int of_property_read_u32_array(const struct device_node *np, const char *name, u32 *out,
			       size_t count);
int of_property_read_u64(const struct device_node *np, const char *name, u64 *out);

/*
 * The first string, or string number index. 0; -EINVAL without the property or when the string has
 * no NUL; -ENOENT when there are fewer strings.
 */
int of_property_read_string(const struct device_node *np, const char *name, const char **out);
int of_property_read_string_index(const struct device_node *np, const char *name, int index,
				  const char **out);

/* The number that so many cells at p hold (0 to 2; of more, the last two count). */
u64 of_read_number(const __be32 *p, int cells);

#define for_each_child_of_node(parent_np, child_np) \
	for ((child_np) = (parent_np)->child; (child_np); (child_np) = (child_np)->sibling)

#define for_each_compatible_node(np, compatible)                     \
	for ((np) = of_find_compatible_node(NULL, compatible); (np); \
	     (np) = of_find_compatible_node(np, compatible))

/* --- address.c: from reg to physical addresses, and on to pointers. --- */

/*
 * Row index of np's reg as the CPU sees it, through every ranges on the way to the root. Fills *res
 * (name: np's full name, or its reg-names entry). 0; -EINVAL when the row is not there, is empty or
 * wraps, or when a bus on the way does not pass it on.
 */
int of_address_to_resource(const struct device_node *np, int index, struct resource *res);

/*
 * Map row index of np's reg as device memory; NULL when there is none. Undo with iounmap. May
 * sleep.
 */
void __iomem *of_iomap(const struct device_node *np, int index);

/* --- irq.c: from interrupts to Linux interrupt numbers. --- */

/* The node that np's interrupts are wired to, or NULL. */
struct device_node *of_irq_find_parent(const struct device_node *np);

/*
 * Interrupt row index of np, undecoded: out->np is the controller. 0, -EINVAL, -ENOENT past the
 * end.
 */
int of_irq_parse_one(const struct device_node *np, int index, struct of_phandle_args *out);

/*
 * The interrupt number of row index, mapped on first use. > 0; -EPROBE_DEFER while its controller
 * has no driver; -EINVAL, -ENOENT as above. May allocate.
 */
int of_irq_get(const struct device_node *np, int index);

/* The same, 0 for every failure. */
unsigned int irq_of_parse_and_map(const struct device_node *np, int index);

/* How many interrupt rows np has. */
int of_irq_count(const struct device_node *np);
