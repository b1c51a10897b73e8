/* SPDX-License-Identifier: MIT */
/*
 * The variables are kept in the form in which execve() wants them: an array of "NAME=VALUE" that
 * ends in NULL, which `environ` points to.
 */
#include "vars.h"

#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int last_status;
pid_t shell_pid;
char **script_args;
int script_args_count;

static size_t count;

void vars_init(void)
{
	char **old = environ;

	shell_pid = getpid();
	environ = calloc(1, sizeof(*environ));
	if (!environ)
		err(1, "variables");
	for (; *old; old++)
		if (assignment_name(*old))
			var_assign(*old);
}

size_t assignment_name(const char *word)
{
	size_t n = 0;

	if (!name_starts_with(*word))
		return 0;
	while (isalnum(word[n]) || word[n] == '_')
		n++;
	return word[n] == '=' ? n : 0;
}

/* The variable's place in the array, or the array's end. */
static size_t find(const char *name, size_t length)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strncmp(environ[i], name, length) && environ[i][length] == '=')
			break;
	return i;
}

void var_assign(const char *assignment)
{
	size_t i = find(assignment, assignment_name(assignment));
	char *copy = strdup(assignment);

	if (!copy)
		err(1, "variables");
	if (i == count) {
		environ = realloc(environ, (count + 2) * sizeof(*environ));
		if (!environ)
			err(1, "variables");
		environ[++count] = NULL;
	} else {
		free(environ[i]);
	}
	environ[i] = copy;
}

void var_unset(const char *name)
{
	size_t i = find(name, strlen(name));

	if (i == count)
		return;
	free(environ[i]);
	environ[i] = environ[--count];
	environ[count] = NULL;
}

const char *var_value(const char *name, size_t length)
{
	size_t i = find(name, length);

	return i == count ? "" : environ[i] + length + 1;
}

void vars_print(void)
{
	for (size_t i = 0; i < count; i++)
		puts(environ[i]);
}
