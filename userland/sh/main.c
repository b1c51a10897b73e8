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
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "edit.h"
#include "exec.h"
#include "memory.h"
#include "parser.h"
#include "vars.h"

#define STATUS_SYNTAX_ERROR 2

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
	static char text[256];
	char cwd[200];

	if (!getcwd(cwd, sizeof(cwd)))
		snprintf(cwd, sizeof(cwd), "?");
	snprintf(text, sizeof(text), "%s # ", cwd);
	return text;
}

static void run_session(void)
{
	char *line;

	while ((line = edit_line(prompt()))) {
		run_text(line);
		reap_background();
	}
}

static void run_script(int fd)
{
	char *line;

	while ((line = read_line(fd)))
		if (!run_text(line))
			break;
}

static int open_script(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		err(errno == ENOENT ? STATUS_NOT_FOUND : STATUS_NOT_RUNNABLE, "%s", path);
	return fd;
}

static void set_script_args(char **args, int count)
{
	script_args = args;
	script_args_count = count;
}

int main(int argc, char **argv)
{
	vars_init();
	set_script_args(argv, 1);
	if (argc > 2 && !strcmp(argv[1], "-c")) {
		/* Here $0 is the word after the commands, as in every shell. */
		if (argc > 3)
			set_script_args(argv + 3, argc - 3);
		run_text(argv[2]);
	} else if (argc > 1 && argv[1][0] == '-') {
		usage("sh");
	} else if (argc > 1) {
		set_script_args(argv + 1, argc - 1);
		run_script(open_script(argv[1]));
	} else if (isatty(STDIN_FILENO)) {
		run_session();
	} else {
		run_script(STDIN_FILENO);
	}
	return last_status;
}
