/* SPDX-License-Identifier: MIT */
/*
 * sleep: wait for a number of seconds, which may have a fraction.
 */
#include <commands.h>
#include <ctype.h>
#include <err.h>
#include <stdlib.h>
#include <time.h>

#define NANOSECONDS 1000000000

/* "1.25" to 1 s and 250000000 ns; digits beyond the ninth count for nothing. */
static struct timespec parse_duration(const char *text)
{
	struct timespec duration = { 0 };
	char *end;

	if (!isdigit(*text) && *text != '.')
		refuse_argument(text, "is not a number of seconds");
	duration.tv_sec = strtol(text, &end, 10);
	if (*end == '.') {
		end++;
		for (long unit = NANOSECONDS / 10; isdigit(*end); end++, unit /= 10)
			duration.tv_nsec += (*end - '0') * unit;
	}
	if (*end)
		refuse_argument(text, "is not a number of seconds");
	return duration;
}

int main(int argc, char **argv)
{
	char **words = parse_arguments(argv, command_usage("sleep"));
	struct timespec duration = parse_duration(words[0]);

	if (nanosleep(&duration, NULL))
		err(1, "nanosleep");
	return 0;
}
