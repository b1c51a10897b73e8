/* SPDX-License-Identifier: MIT */
/*
 * cd, exit, pwd, set, unset: a program could do none of these for its parent (except pwd, which
 * keeps cd company).
 */
#include "builtins.h"

#include <commands.h>
#include <err.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vars.h"

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
		if (end == argv[1] || *end)
			usage("exit");
	}
	exit(status & 0xff);
}

static int builtin_pwd(char **argv)
{
	char path[256];

	(void)argv;
	if (!getcwd(path, sizeof(path))) {
		warn("pwd");
		return 1;
	}
	puts(path);
	return 0;
}

static int builtin_set(char **argv)
{
	(void)argv;
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
	builtin run;
} builtins[] = {
	{ "cd", builtin_cd },   { "exit", builtin_exit },   { "pwd", builtin_pwd },
	{ "set", builtin_set }, { "unset", builtin_unset },
};

builtin find_builtin(const char *name)
{
	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++)
		if (!strcmp(builtins[i].name, name))
			return builtins[i].run;
	return NULL;
}
