/* SPDX-License-Identifier: MIT */
/*
 * dmesg: print the kernel's log, without the level that begins each line as <N>.
 */
#include <commands.h>
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

int main(int argc, char **argv)
{
	char *log;
	int size;

	parse_arguments(argv, command_usage("dmesg"));
	size = klogctl(SYSLOG_ACTION_SIZE_BUFFER, NULL, 0);
	if (size < 0)
		err(1, "syslog");
	log = malloc(size);
	if (!log)
		err(1, "a log of %d bytes", size);
	size = klogctl(SYSLOG_ACTION_READ_ALL, log, size);
	if (size < 0)
		err(1, "syslog");
	print_log(log, log + size);
	return 0;
}
