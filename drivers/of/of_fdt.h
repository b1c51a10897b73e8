/* SPDX-License-Identifier: MIT */
/*
 * The early reader: what boot needs from the flattened tree before anything can be allocated, which
 * is memory, reservations, the command line, the initrd, the console, and where a device is.
 *
 * All calls are for the boot processor, early_init_dt_verify() first. A node is named by its offset
 * in the flattened tree (kernel/lib/fdt.h).
 *
 * Linux counterpart: include/linux/of_fdt.h
 */
#pragma once

#include <kernel/lib/fdt.h>

/* The flattened tree, checked; NULL before early_init_dt_verify. */
extern const void *initial_boot_params;

/*
 * Takes the tree at fdt (virtual, mapped for good) if it is sound. Returns false, with the reason
 * printed, if not.
 */
bool early_init_dt_verify(const void *fdt, phys_addr_t phys);

/*
 * Returns the text of a property of /chosen, *len its bytes without a NUL; NULL when it is not
 * there. Points into the tree, and need not end in NUL.
 */
const char *early_init_dt_chosen(const char *name, int *len);

/* Returns the kernel command line of /chosen, ending in NUL; "" when there is none. */
const char *early_init_dt_bootargs(void);

/* The initrd that the loader left: true and its physical range [*start, *end), or false. */
bool early_init_dt_initrd(phys_addr_t *start, phys_addr_t *end);

/*
 * Memory nodes go to memblock_add; the tree itself, its reservations, /reserved-memory and the
 * initrd to memblock_reserve (a no-map region is marked so). Panics when the tree names no memory
 * at all.
 */
void early_init_dt_scan(void);

/*
 * Whether every page of the tree lies in the memory that the tree itself names, `mem=` or not.
 * After early_init_dt_scan.
 */
bool early_init_dt_is_in_memory(void);

/*
 * Returns the node of the console: what /chosen's stdout-path names, else the alias serial0. A
 * negative number when neither leads to a node that is available.
 */
int early_init_dt_stdout(void);

/* Whether the node lists the string in its compatible. */
bool of_flat_dt_is_compatible(int node, const char *compatible);

/*
 * A place in the flattened tree, and the way to it: way[0] is the root, way[depth] the node. The
 * tree has no pointers upwards, so what depends on the nodes above is asked of a place.
 */
struct of_flat_place {
	int depth; /* -1: in front of the root */
	int way[FDT_MAX_DEPTH + 1];
};

/* Moves to the next node in tree order, parents before children; false behind the last. */
bool of_flat_dt_next(struct of_flat_place *at);

/* Walks all nodes; at is a struct of_flat_place *. */
#define for_each_flat_node(at) for ((at)->depth = -1; of_flat_dt_next(at);)

/* Moves to the node at this offset; false when there is none. */
bool of_flat_dt_goto(struct of_flat_place *at, int node);

/* Whether neither the node nor one above it has a status other than "okay" and "ok". */
bool of_flat_dt_is_available(const struct of_flat_place *at);

/*
 * Gets the first row of the node's reg: the CPU's address in *start, the size in bytes in *size.
 * Returns false when the node has no row, or when a bus above it does not pass it on.
 */
bool of_flat_dt_reg(const struct of_flat_place *at, phys_addr_t *start, phys_addr_t *size);
