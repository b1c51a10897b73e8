/* SPDX-License-Identifier: MIT */
/*
 * date: print the wall-clock time, which the kernel got from the clock chip at boot.
 */
#include <commands.h>
#include <err.h>
#include <stdio.h>
#include <time.h>

int main(int argc, char **argv)
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct timespec now;
	struct tm tm;

	parse_arguments(argv, command_usage("date"));
	if (clock_gettime(CLOCK_REALTIME, &now))
		err(1, "clock_gettime");
	if (!gmtime_r(&now.tv_sec, &tm))
		err(1, "%lld seconds since 1970", now.tv_sec);
	printf("%s %s %2d %02d:%02d:%02d UTC %d\n", days[tm.tm_wday], months[tm.tm_mon], tm.tm_mday,
	       tm.tm_hour, tm.tm_min, tm.tm_sec, tm.tm_year + 1900);
	return 0;
}
