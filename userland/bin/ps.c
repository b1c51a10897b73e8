/* SPDX-License-Identifier: MIT */
/*
 * ps: list the processes. Each has a directory in /proc, named by its number, and in it the file
 * stat: "pid (name) state parent ...". The name may hold anything, blanks and parentheses too, so
 * it ends at the last parenthesis.
 */
#include <commands.h>
#include <ctype.h>
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Reads the start of a small file as text; returns -1 when its process has ended meanwhile. */
static int read_text(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = read(fd, buf, size - 1);
	close(fd);
	if (n < 0)
		return -1;
	buf[n] = '\0';
	return 0;
}

static void print_process(const char *pid)
{
	char path[64];
	char stat[512];
	char *name, *end;

	snprintf(path, sizeof(path), "/proc/%s/stat", pid);
	if (read_text(path, stat, sizeof(stat)))
		return;
	name = strchr(stat, '(');
	end = strrchr(stat, ')');
	if (!name || !end || strlen(end) < 5)
		return;
	*end = '\0';
	printf("%5s %5d %c     %s\n", pid, atoi(end + 4), end[2], name + 1);
}

int main(int argc, char **argv)
{
	struct dirent *entry;
	DIR *proc;

	parse_arguments(argv, command_usage("ps"));
	proc = opendir("/proc");
	if (!proc)
		err(1, "/proc");
	puts("  PID  PPID STATE COMMAND");
	while ((entry = readdir(proc)))
		if (isdigit(entry->d_name[0]))
			print_process(entry->d_name);
	return 0;
}
