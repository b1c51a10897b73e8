/* SPDX-License-Identifier: MIT */
/*
 * Commands that the shell carries out itself, because they change the shell.
 */
#pragma once

#include <stdbool.h>

bool is_builtin(const char *name);

/* Runs the builtin that argv[0] names; argv ends in NULL. Returns an exit status. */
int run_builtin(char **argv);
