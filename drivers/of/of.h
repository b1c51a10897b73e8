/* SPDX-License-Identifier: MIT */
/*
 * The device tree as drivers see it: nodes, properties, addresses, interrupts.
 *
 * A node is a record linked to its parent, its first child, its next sibling and its properties.
 * The flattened tree is read once to make them. Names and values stay where they are in it, because
 * it stays mapped: values are big-endian, 4-byte aligned, never written and never freed. Nodes are
 * never freed, so there is no reference count (Linux: of_node_get/put).
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

typedef u32 phandle;

struct property {
	const char *name;
	int length;        /* of value, in bytes */
	const void *value; /* never NULL */
	struct property *next;
};

/*
 * What a node says about the addresses of its children: how many cells an address and a size take,
 * and where the addresses appear on the bus above. A count is negative when the tree is wrong about
 * it. (Linux reads these properties again at each look-up.)
 */
struct of_bus {
	int addr_cells, size_cells;
	const __be32 *ranges;       /* NULL: the bus above does not reach what is below */
	int ranges_length;          /* in bytes; 0: both buses have the same addresses */
	const struct of_bus *above; /* NULL: the root, whose addresses are the CPU's */
};

struct device_node {
	const char *full_name; /* with the unit address: "pl011@9000000"; the root's is "" */
	phandle phandle;       /* 0: no node refers to this one */
	struct property *properties;
	struct device_node *parent, *child, *sibling;
	struct device_node *phandle_next; /* in the same chain of the table of phandles */
	struct of_bus bus;
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

/* The node that the tree calls its console (early_init_dt_stdout), or NULL. */
extern struct device_node *of_stdout;

/* --- unflatten.c --- */

/*
 * Builds the nodes from the flattened tree, in memory from memblock. Must be called once, at boot,
 * between paging_init() and the page allocator. Panics without memory.
 */
void unflatten_device_tree(void);

/* --- base.c: nodes. Any context, once the tree is built. --- */

/*
 * Returns the node of an absolute path ("/pl011@9000000"), or NULL. A part without a unit address
 * also finds a node with one.
 */
struct device_node *of_find_node_by_path(const char *path);

/* Returns the node that others call by this number, or NULL. Takes the same time in any tree. */
struct device_node *of_find_node_by_phandle(phandle handle);

/*
 * Returns the next node after from (NULL: the root) in tree order, parents before children; NULL at
 * the end.
 */
struct device_node *of_find_all_nodes(struct device_node *from);

/*
 * Returns the first node after from (NULL: of all) in tree order that is compatible with the
 * string, or with some row of matches; or NULL.
 */
struct device_node *of_find_compatible_node(struct device_node *from, const char *compatible);
struct device_node *of_find_matching_node(struct device_node *from,
					  const struct of_device_id *matches);

/*
 * Reference number index of a list: a phandle, then as many cells as the node that it names says in
 * cells_name ("gpios" and "#gpio-cells"). Fills *out. Returns 0; -ENOENT past the end, or where the
 * phandle is 0, a gap; -EINVAL when the list makes no sense.
 */
int of_parse_phandle_with_args(const struct device_node *np, const char *list_name,
			       const char *cells_name, int index, struct of_phandle_args *out);

/* Returns the row of matches that fits np best (an earlier string in np's list wins), or NULL. */
const struct of_device_id *of_match_node(const struct of_device_id *matches,
					 const struct device_node *np);

bool of_device_is_compatible(const struct device_node *np, const char *compatible);

/*
 * Whether np may be used: neither it nor a node above it has a status other than "okay" and "ok".
 * (Linux looks at np alone, and relies on its callers not to go below a disabled bus.)
 */
bool of_device_is_available(const struct device_node *np);

/*
 * Returns the number that /aliases gives to np behind stem: 1 for "serial" when serial1 is np's
 * path. -ENODEV when there is none.
 */
int of_alias_get_id(const struct device_node *np, const char *stem);

#define for_each_child_of_node(parent_np, child_np) \
	for ((child_np) = (parent_np)->child; (child_np); (child_np) = (child_np)->sibling)

#define for_each_compatible_node(np, compatible)                     \
	for ((np) = of_find_compatible_node(NULL, compatible); (np); \
	     (np) = of_find_compatible_node(np, compatible))

#define for_each_matching_node(np, matches)                     \
	for ((np) = of_find_matching_node(NULL, matches); (np); \
	     (np) = of_find_matching_node(np, matches))

/* --- property.c: properties. Any context, once the tree is built. --- */

/* Returns the property, *lenp (may be NULL) its length in bytes; NULL when np has none. */
struct property *of_find_property(const struct device_node *np, const char *name, int *lenp);

/* The same for the property's value. */
const void *of_get_property(const struct device_node *np, const char *name, int *lenp);

bool of_property_read_bool(const struct device_node *np, const char *name);

/*
 * Returns 0, -EINVAL without the property, -EOVERFLOW when it is too short (then nothing is
 * written).
 */
int of_property_read_u32(const struct device_node *np, const char *name, u32 *out);
int of_property_read_u32_array(const struct device_node *np, const char *name, u32 *out,
			       size_t count);

/*
 * The first string, or string number index. Return 0; -EINVAL without the property; -ENODATA when
 * there are fewer strings; -EILSEQ, after a message, when the string has no NUL.
 */
int of_property_read_string(const struct device_node *np, const char *name, const char **out);
int of_property_read_string_index(const struct device_node *np, const char *name, int index,
				  const char **out);

/*
 * Returns which string of the property equals string, 0 for the first. -EINVAL without the
 * property, -ENODATA when none does. The last string needs no NUL.
 */
int of_property_match_string(const struct device_node *np, const char *name, const char *string);

/* --- address.c: from reg to physical addresses, and on to pointers. --- */

/* Returns the number that so many cells at p hold (0 to 2; of more, the last two count). */
u64 of_read_number(const __be32 *p, int cells);

/* How many cells an address takes in np's own reg; negative when the tree is wrong about it. */
int of_n_addr_cells(const struct device_node *np);

/*
 * Row index of np's reg as the CPU sees it, through every ranges on the way to the root. Fills *res
 * (name: np's full name, or its reg-names entry). Returns 0; -EINVAL when the row is not there, is
 * empty or wraps, or when a bus on the way does not pass it on.
 */
int of_address_to_resource(const struct device_node *np, int index, struct resource *res);

/*
 * Maps row index of np's reg as device memory; NULL when there is none. Undone by iounmap(). May
 * sleep.
 */
void __iomem *of_iomap(const struct device_node *np, int index);

/* --- irq.c: from interrupts to Linux interrupt numbers. --- */

/*
 * Returns the node that np's interrupts arrive at first: the controller or nexus that its
 * interrupt-parent names, else its parent in the tree, and so on up to a node with
 * #interrupt-cells. NULL when there is none.
 */
struct device_node *of_irq_find_parent(const struct device_node *np);

/*
 * Interrupt row index of np, translated by each interrupt-map on its way: out->np becomes the
 * controller, out->args what is to be said to it. Returns 0; -ENOENT past the end; -EINVAL, after a
 * message, when the tree makes no sense.
 */
int of_irq_parse_one(const struct device_node *np, int index, struct of_phandle_args *out);

/* The most cells of a unit address that interrupt-map may compare. */
#define MAX_ADDR_CELLS 4

/*
 * The same for an interrupt that is in no node's property: line out->args of a device that the
 * nexus out->np finds at that unit address, in as many cells as it has for its children. Returns 0
 * or -EINVAL, without a message.
 */
int of_irq_parse_raw(const u32 *unit, struct of_phandle_args *out);

/* The interrupt number (> 0) of what the two above found; errors as below. May allocate. */
int irq_create_of_mapping(const struct of_phandle_args *args);

/*
 * Returns the interrupt number (> 0) of row index, mapped on first use. -EPROBE_DEFER while its
 * controller has no driver; -EINVAL, -ENOENT as above. May allocate.
 */
int of_irq_get(const struct device_node *np, int index);

/* The same for the row that interrupt-names calls name. Also -EINVAL, -ENODATA: no such name. */
int of_irq_get_byname(const struct device_node *np, const char *name);
