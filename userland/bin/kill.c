/* SPDX-License-Identifier: MIT */
/*
 * kill: send processes a signal.
 */
#include <commands.h>
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>

static int number(const char *text)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (end == text || *end || n < 0 || n > INT_MAX || errno)
		refuse_argument(text, "is not a number");
	return n;
}

int main(int argc, char **argv)
{
	char **pids = parse_arguments(argv, command_usage("kill"));
	int signal = option(OPTION_NUMBER) ? number(option(OPTION_NUMBER)) : SIGTERM;
	int status = 0;

	for (; *pids; pids++) {
		if (kill(number(*pids), signal)) {
			warn("%s", *pids);
			status = 1;
		}
	}
	return status;
}
