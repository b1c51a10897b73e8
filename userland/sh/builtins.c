/* SPDX-License-Identifier: MIT */
/*
 * cd, exit, history, pwd, set, unset: a program could do none of these for its parent (except pwd,
 * which keeps cd company). kill is here as well as in /bin, because a full memory is a reason to
 * need it, and leaves no room to start a program.
 */
#include "builtins.h"

#include <commands.h>
#include <err.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "history.h"
#include "vars.h"

#define STATUS_USAGE 2

static int builtin_cd(char **argv)
{
	const char *path = argv[1] ? argv[1] : "/";

	if (!chdir(path))
		return 0;
	warn("cd: %s", path);
	return 1;
}

static int builtin_exit(char **argv)
{
	char *end;
	long status = last_status;

	if (argv[1]) {
		status = strtol(argv[1], &end, 10);
		if (end == argv[1] || *end) {
			warnx("exit: %s is not a number", argv[1]);
			return STATUS_USAGE;
		}
	}
	exit(status & 0xff);
}

static int builtin_history(char **argv)
{
	history_print();
	return 0;
}

/* An option is a number, as in -9; `--` may end the options. */
static int builtin_kill(char **argv)
{
	const char *signal = NULL;

	if (argv[1][0] == '-' && argv[1][1] && strcmp(argv[1], "--"))
		signal = *++argv + 1;
	if (argv[1] && !strcmp(argv[1], "--"))
		argv++;
	if (argv[1])
		return kill_processes(argv + 1, signal);
	warnx("too few arguments; usage: %s", command_usage("kill"));
	return STATUS_USAGE;
}

static int builtin_pwd(char **argv)
{
	char path[PATH_MAX];

	if (!getcwd(path, sizeof(path))) {
		warn("pwd");
		return 1;
	}
	puts(path);
	return 0;
}

static int builtin_set(char **argv)
{
	vars_print();
	return 0;
}

static int builtin_unset(char **argv)
{
	while (*++argv)
		var_unset(*argv);
	return 0;
}

static const struct {
	const char *name;
	int (*run)(char **argv);
} builtins[] = {
	{ "cd", builtin_cd },       { "exit", builtin_exit }, { "history", builtin_history },
	{ "kill", builtin_kill },   { "pwd", builtin_pwd },   { "set", builtin_set },
	{ "unset", builtin_unset },
};

#define COUNT (sizeof(builtins) / sizeof(builtins[0]))

/* COUNT when there is none of that name. */
static size_t find_builtin(const char *name)
{
	size_t i;

	for (i = 0; i < COUNT; i++)
		if (!strcmp(builtins[i].name, name))
			break;
	return i;
}

bool is_builtin(const char *name)
{
	return find_builtin(name) < COUNT;
}

int run_builtin(char **argv)
{
	const char *usage = command_usage(argv[0]);
	const char *refusal = words_refusal(argv + 1, usage);

	if (asks_for_help(argv + 1)) {
		printf("usage: %s\n", usage);
		return 0;
	}
	if (refusal) {
		warnx("%s; usage: %s", refusal, usage);
		return STATUS_USAGE;
	}
	return builtins[find_builtin(argv[0])].run(argv);
}
