/* SPDX-License-Identifier: MIT */
/*
 * The kernel command line: words `name` or `name=value`, quotes allowed, everything after a lone
 * `--` for init. A file that understands a parameter says so with early_param(); the linker
 * collects the table, boot walks it once, before memory is set up.
 *
 * Linux counterpart: include/linux/init.h (early_param), kernel/params.c
 */
#pragma once

#include <kernel/base/init.h>
#include <kernel/lib/types.h>

#define COMMAND_LINE_SIZE 2048

struct kernel_param {
	const char *name;
	int (*setup)(char *value);
};

/*
 * fn(value) gets the text after '=', "" without one. Nonzero means that the value was not
 * understood, which is told; a word that takes no value refuses each.
 */
#define early_param(str, fn)                                                         \
	static const struct kernel_param __param_##fn __used __aligned(sizeof(long)) \
		__section("kernel_params") = { str, fn }

/* The whole command line as given, and what followed `--` (without it); both never NULL. */
extern char boot_command_line[COMMAND_LINE_SIZE];
extern char init_command_line[COMMAND_LINE_SIZE];

/*
 * Keeps line as boot_command_line and hands each known word to its early_param(); an unknown word
 * or a value that was refused gets one warning. From boot, once, before memblock is sealed.
 */
void parse_early_param(const char *line);

/* Cuts the next word off *line in place, its quotes taken away. NULL at the end of the line. */
char *next_word(char **line);
