/* SPDX-License-Identifier: MIT */
/*
 * The last command lines. Once loaded, they are also kept in $HOME/.sh_history, where the next
 * shell finds them.
 */
#pragma once

/* Takes over what earlier shells kept. Without HOME there is nothing, and nothing will be kept. */
void history_load(void);

/* Keeps a line; empty ones and repetitions of the last one are not worth it. */
void history_add(const char *line);

/* The line of that age, 1 being the last one added; NULL when it is forgotten or never was. */
const char *history_get(unsigned int age);

/* Prints all lines, oldest first. */
void history_print(void);
