/* SPDX-License-Identifier: MIT */
/*
 * What a module may use of the kernel, or of another module: EXPORT_SYMBOL(name) adds a row to a
 * table, which the linker collects. The kernel's own rows are on two pages, kernel/module/exports.c
 * and drivers/base/exports.c.
 *
 * Linux counterpart: include/linux/export.h
 */
#pragma once

#include <kernel/lib/compiler.h>

struct kernel_symbol {
	unsigned long value;
	const char *name;
};

#define EXPORT_SYMBOL(symbol)                                                               \
	static const struct kernel_symbol __ksymtab_##symbol __used __aligned(sizeof(long)) \
		__section("ksymtab") = { (unsigned long)&symbol, #symbol }
