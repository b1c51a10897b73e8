/* SPDX-License-Identifier: MIT */
/*
 * Messages about errors, as in BSD and glibc: "PROGRAM: MESSAGE[: TEXT OF ERRNO]" on standard
 * error. Standard output is flushed first, so that the two appear in the order of events.
 */
#pragma once

/* The last part of argv[0]: a program with several names finds the one it was called by. */
extern const char *program_invocation_short_name;

/* Print the message and the text of errno. */
void warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Print the message alone. */
void warnx(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* warn() or warnx(), then exit(status). */
void err(int status, const char *fmt, ...) __attribute__((noreturn, format(printf, 2, 3)));
void errx(int status, const char *fmt, ...) __attribute__((noreturn, format(printf, 2, 3)));
