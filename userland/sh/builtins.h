/* SPDX-License-Identifier: MIT */
/*
 * Commands that the shell carries out itself, because they change the shell.
 */
#pragma once

/* argv ends in NULL. Returns an exit status. */
typedef int (*builtin)(char **argv);

/* NULL when the name is not that of a builtin. */
builtin find_builtin(const char *name);
