/* SPDX-License-Identifier: MIT */
/*
 * kill: send processes a signal.
 */
#include <commands.h>
#include <err.h>
#include <signal.h>
#include <stdlib.h>

static int number(const char *text)
{
	char *end;
	int n = strtol(text, &end, 10);

	if (end == text || *end)
		usage("kill");
	return n;
}

int main(int argc, char **argv)
{
	int signal = SIGTERM;
	int first = 1;
	int status = 0;

	if (argc > 1 && argv[1][0] == '-') {
		signal = number(argv[1] + 1);
		first = 2;
	}
	if (first == argc)
		usage("kill");
	for (int i = first; i < argc; i++) {
		if (kill(number(argv[i]), signal)) {
			warn("%s", argv[i]);
			status = 1;
		}
	}
	return status;
}
