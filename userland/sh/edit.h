/* SPDX-License-Identifier: MIT */
/*
 * Reading command lines from a terminal.
 */
#pragma once

/*
 * Prints the prompt on standard output, lets the user edit, keeps the line in the history. Ctrl-C
 * gives an empty line. Returns the line without its newline, valid until the next call; NULL after
 * Ctrl-D on an empty line and at the end of the input.
 */
char *edit_line(const char *prompt);
