/* SPDX-License-Identifier: MIT */
/*
 * Reading command lines.
 */
#pragma once

/*
 * From a terminal on standard input: prints the prompt, lets the user edit, keeps the line in the
 * history. Ctrl-C gives an empty line. Returns the line without its newline, valid until the next
 * call; NULL after Ctrl-D on an empty line and at the end of the input.
 */
char *edit_line(const char *prompt);

/*
 * From a file or a pipe. Reads no byte more than the line, because the commands that the shell
 * starts may read the rest. NULL at the end.
 */
char *read_line(int fd);
