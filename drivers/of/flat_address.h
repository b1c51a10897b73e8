/* SPDX-License-Identifier: MIT */
/*
 * Where a device is, before the tree is unflattened: for the first look at the machine.
 *
 * Linux counterpart: of_flat_dt_translate_address() in drivers/of/fdt_address.c
 */
#pragma once

#include <kernel/lib/types.h>

/*
 * Row 0 of the reg of the first node that lists compatible, as the CPU sees it: true and *addr, or
 * false when there is no such node or a bus on the way does not pass the address on. Boot
 * processor, after early_init_dt_verify().
 */
bool of_flat_dt_device_address(const char *compatible, phys_addr_t *addr);
