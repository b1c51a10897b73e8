/* SPDX-License-Identifier: MIT */
/*
 * The shell's variables. Every one is also in the environment of the programs that the shell
 * starts (other shells make a difference, with `export`).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The values of $? $$ $0 $1 ... $#. */
extern int last_status;
extern pid_t shell_pid;    /* also in the children of a pipe */
extern char **script_args; /* [0] is the script or the shell */
extern int script_args_count;

/* Take over the environment that the shell was started with. */
void vars_init(void);

/* The length of the NAME in front of a "NAME=...", or 0 when the word is not an assignment. */
size_t assignment_name(const char *word);

/* Keeps a copy of a "NAME=VALUE". */
void var_assign(const char *assignment);
void var_unset(const char *name);

/* The value of the variable whose name has that length, or "" when it is unset. */
const char *var_value(const char *name, size_t length);

/* Print all of them. */
void vars_print(void);

static inline bool name_starts_with(char c)
{
	return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
