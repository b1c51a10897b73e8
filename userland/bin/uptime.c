/* SPDX-License-Identifier: MIT */
/*
 * uptime: print the time of day, and how long the machine has been up: the two clocks beside
 * each other.
 */
#include <commands.h>
#include <err.h>
#include <stdio.h>
#include <time.h>

#define DAY 86400

int main(int argc, char **argv)
{
	struct timespec now, up;
	struct tm tm;

	parse_arguments(argv, command_usage("uptime"));
	if (clock_gettime(CLOCK_REALTIME, &now) || clock_gettime(CLOCK_MONOTONIC, &up))
		err(1, "clock_gettime");
	gmtime_r(&now.tv_sec, &tm);
	printf("%02d:%02d:%02d up ", tm.tm_hour, tm.tm_min, tm.tm_sec);
	if (up.tv_sec >= DAY)
		printf("%d days, ", (int)(up.tv_sec / DAY));
	gmtime_r(&up.tv_sec, &tm);
	printf("%d:%02d:%02d\n", tm.tm_hour, tm.tm_min, tm.tm_sec);
	return 0;
}
