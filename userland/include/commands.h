/* SPDX-License-Identifier: MIT */
/*
 * A program's own row of commands.def. The comparisons are folded when the name is a literal, so
 * that a program carries its own usage line and none of the others.
 */
#pragma once

#include <err.h>

/* "NAME ARGUMENTS" */
static inline __attribute__((always_inline)) const char *command_usage(const char *name)
{
#define GROUP(title)
#define COMMAND(command, arguments, summary, example) \
	if (!__builtin_strcmp(name, command))         \
		return command " " arguments;
#include <commands.def>
#undef COMMAND
#undef GROUP
	return name;
}

/* Called wrongly: print how to do it right and exit with status 2. */
#define usage(name) errx(2, "usage: %s", command_usage(name))
