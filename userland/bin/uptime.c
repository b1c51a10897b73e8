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
	unsigned int seconds;
	struct tm tm;

	parse_arguments(argv, command_usage("uptime"));
	if (clock_gettime(CLOCK_REALTIME, &now) || clock_gettime(CLOCK_MONOTONIC, &up))
		err(1, "clock_gettime");
	if (!gmtime_r(&now.tv_sec, &tm))
		err(1, "%lld seconds since 1970", now.tv_sec);
	printf("%02d:%02d:%02d up ", tm.tm_hour, tm.tm_min, tm.tm_sec);
	seconds = up.tv_sec;
	if (seconds >= DAY)
		printf("%u days, ", seconds / DAY);
	printf("%u:%02u:%02u\n", seconds % DAY / 3600, seconds / 60 % 60, seconds % 60);
	return 0;
}
