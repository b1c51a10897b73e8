/* SPDX-License-Identifier: MIT */
/*
 * Command lines from a file or a pipe.
 */
#pragma once

/*
 * The next line without its newline, valid until the next call. Reads no byte more, because the
 * commands that the shell starts may read the rest. NULL at the end, with errno 0, and on failure:
 * ENOEXEC when there is a NUL in the line, so that it is not text.
 */
char *read_line(int fd);
