/* SPDX-License-Identifier: MIT */
/*
 * A voice for the first instructions: polled characters on one UART whose address is compiled in,
 * because it must work when there is no MMU yet and when there is no device tree at all. Everything
 * later reads the tree.
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
