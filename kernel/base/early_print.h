/* SPDX-License-Identifier: MIT */
/*
 * Messages of the first instructions: polled characters on one UART. Its address is compiled in,
 * because it must work without the MMU and without a device tree. All later code reads the tree.
 *
 * Linux counterpart: CONFIG_DEBUG_LL
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

void early_puts(const char *s);
void early_put_hex(u64 value);

/* Where the UART is from now on: after the MMU is on, its fixmap address. */
void early_print_set_base(void __iomem *base);
