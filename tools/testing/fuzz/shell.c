/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes the shell up to the point where it would run something: tokens, the tree of commands, and
 * what becomes of each word. A program of user mode, so this one lives in the C library.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "expand.h"
#include "memory.h"
#include "parser.h"
#include "vars.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Instead of err.h's: formats the message, and does not show it. */
void warnx(const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
}

static void try_command(const struct command *command)
{
	const struct redirect *redirect;
	char **words = expand_words(command->words);

	for (; *words; words++)
		if (assignment_name(*words))
			var_assign(*words);
	for (redirect = command->redirects; redirect; redirect = redirect->next)
		if (!expand_word(redirect->target))
			abort();
}

static void try_list(const struct and_or *list)
{
	const struct pipeline *pipeline;
	const struct command *command;

	for (; list; list = list->next)
		for (pipeline = list->first; pipeline; pipeline = pipeline->next)
			for (command = pipeline->first; command; command = command->next)
				try_command(command);
}

/* The same variables for each input. */
static void reset_variables(void)
{
	while (environ[0]) {
		char *name = strndup(environ[0], assignment_name(environ[0]));

		var_unset(name);
		free(name);
	}
	var_assign("HOME=/");
	var_assign("LIST=a  b c ");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *args[] = { "sh", "first", NULL };
	char *text = strndup((const char *)data, size);
	struct and_or *list;

	if (!script_args) {
		script_args = args;
		script_args_count = 2;
		vars_init();
	}
	reset_variables();
	if (parse(text, &list) == 0)
		try_list(list);
	line_free_all();
	free(text);
	return 0;
}
