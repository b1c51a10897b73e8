/* SPDX-License-Identifier: MIT */
/*
 * The command `kill`, for the program and for the shell, which has it built in: when there is no
 * memory left to start a program, the shell can still end one.
 */
#include <commands.h>
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>

/* Returns the number, or -1 after a message. */
static int parse_number(const char *text)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (end != text && !*end && n >= 0 && n <= INT_MAX && !errno)
		return n;
	warnx("%s is not a number; usage: %s", text, command_usage("kill"));
	return -1;
}

int kill_processes(char *const *pids, const char *signal_text)
{
	int signal = signal_text ? parse_number(signal_text) : SIGTERM;
	int status = 0;

	if (signal < 0)
		return 2;
	for (; *pids; pids++) {
		int pid = parse_number(*pids);

		if (pid < 0)
			return 2;
		if (kill(pid, signal)) {
			warn("kill %s", *pids);
			status = 1;
		}
	}
	return status;
}
