/* SPDX-License-Identifier: MIT */
/*
 * dmesg: print the kernel's log, without the level that stands as <N> before each line.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/klog.h>

static const char *skip_level(const char *line, const char *end)
{
	const char *p = line;

	if (p == end || *p != '<')
		return line;
	while (p < end && *p != '>' && *p != '\n')
		p++;
	return p < end && *p == '>' ? p + 1 : line;
}

static void print_log(const char *p, const char *end)
{
	while (p < end) {
		p = skip_level(p, end);
		while (p < end && *p != '\n')
			putchar(*p++);
		putchar('\n');
		p++;
	}
}

int main(void)
{
	int size = klogctl(SYSLOG_ACTION_SIZE_BUFFER, NULL, 0);
	char *log;

	if (size < 0)
		err(1, "syslog");
	log = malloc(size);
	if (!log)
		err(1, "a log of %d bytes", size);
	size = klogctl(SYSLOG_ACTION_READ_ALL, log, size);
	if (size < 0)
		err(1, "syslog");
	print_log(log, log + size);
	if (fflush(stdout))
		err(1, "write");
	return 0;
}
