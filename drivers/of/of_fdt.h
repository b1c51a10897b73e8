/* SPDX-License-Identifier: MIT */
/*
 * What boot needs from the flattened tree before anything can be allocated: memory, reservations,
 * the command line, the initrd, the console.
 *
 * All calls are for the boot processor, in this order: early_init_dt_verify, early_init_dt_scan,
 * the rest.
 *
 * Linux counterpart: include/linux/of_fdt.h
 */
#pragma once

#include <kernel/lib/types.h>

/* The flattened tree, checked; NULL before early_init_dt_verify. */
extern const void *initial_boot_params;

/*
 * Take the tree at fdt (virtual, mapped for good) if it is sound. False, with the reason printed,
 * if not.
 */
bool early_init_dt_verify(const void *fdt, phys_addr_t phys);

/* The kernel command line of /chosen, or "" when there is none. Points into the tree. */
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
 * The console that /chosen points to: its node (an offset in the flattened tree, for
 * of_flat_dt_is_compatible) and its physical address. False when there is none that can be reached.
 */
bool early_init_dt_stdout(int *node, phys_addr_t *addr);

/* Whether the node at this offset of the flattened tree lists the string in its compatible. */
bool of_flat_dt_is_compatible(int node, const char *compatible);
