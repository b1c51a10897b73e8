/* SPDX-License-Identifier: MIT */
/*
 * sh: the shell. A line goes through four stages, a file each: lexer.c makes tokens of it,
 * parser.c a tree, expand.c replaces what has a dollar or quotes, exec.c runs it.
 *
 *	sh			from standard input; with a prompt and editing if it is a terminal
 *	sh -c COMMANDS [NAME [ARGUMENT]...]
 *	sh FILE [ARGUMENT]...
 */
#include <commands.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "edit.h"
#include "exec.h"
#include "history.h"
#include "memory.h"
#include "parser.h"
#include "script.h"
#include "vars.h"

#define STATUS_SYNTAX_ERROR 2
#define SESSION_HEAP        (16 * 1024)

/* Returns false after a syntax error, which ends a script but not a session. */
static bool run_text(const char *text)
{
	struct and_or *list;
	bool valid = !parse(text, &list);

	if (valid)
		run_list(list);
	else
		last_status = STATUS_SYNTAX_ERROR;
	line_free_all();
	return valid;
}

static const char *prompt(void)
{
	static char text[PATH_MAX + sizeof(" # ")];

	size_t length;

	if (!getcwd(text, PATH_MAX))
		snprintf(text, sizeof(text), "?");
	length = strlen(text);
	snprintf(text + length, sizeof(text) - length, " # ");
	return text;
}

/* After Ctrl-C the terminal's cursor is behind the typed text and behind ^C. */
static void run_session(void)
{
	char *line;

	/* The heap has room for the lines to come, also when memory is short by then. */
	free(malloc(SESSION_HEAP));
	history_load();
	spare_from_interrupts();
	while ((line = edit_line(prompt()))) {
		interrupted = false;
		run_text(line);
		if (interrupted)
			puts("");
		reap_background();
	}
}

static void run_script(int fd, const char *name)
{
	char *line;

	while ((line = read_line(fd)))
		if (!run_text(line))
			return;
	if (errno)
		err(STATUS_NOT_RUNNABLE, "%s", name);
}

static int open_script(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		err(errno == ENOENT ? STATUS_NOT_FOUND : STATUS_NOT_RUNNABLE, "%s", path);
	return fd;
}

int main(int argc, char **argv)
{
	char **words = parse_arguments(argv, command_usage("sh"));

	vars_init();
	/* With -c too: $0 is the first word, as in every shell. */
	script_args = *words ? words : argv;
	script_args_count = *words ? argv + argc - words : 1;
	if (option('c'))
		run_text(option('c'));
	else if (*words)
		run_script(open_script(*words), *words);
	else if (isatty(STDIN_FILENO))
		run_session();
	else
		run_script(STDIN_FILENO, "standard input");
	return last_status;
}
