/* SPDX-License-Identifier: MIT */
/*
 * lsmod: list the modules, from /proc/modules: name, size in bytes, number of uses, and the modules
 * among them.
 */
#include <commands.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FIELDS 4

/* Splits a row at blanks; NULL for what it does not have. */
static void print_row(char *row)
{
	char *field[FIELDS], *end;
	int i;

	for (i = 0; i < FIELDS; i++) {
		field[i] = row;
		end = strchr(row, ' ');
		if (!end)
			return;
		*end = '\0';
		row = end + 1;
	}
	end = field[3] + strlen(field[3]);
	if (end[-1] == ',') /* the list ends in a comma */
		end[-1] = '\0';
	printf("%-16s %8s %3s", field[0], field[1], field[2]);
	printf(strcmp(field[3], "-") ? " %s\n" : "\n", field[3]);
}

int main(int argc, char **argv)
{
	static char text[16384];
	char *row, *end;
	ssize_t n = 0, got;
	int fd;

	parse_arguments(argv, command_usage("lsmod"));
	fd = open("/proc/modules", O_RDONLY);
	if (fd < 0)
		err(1, "/proc/modules");
	while ((got = read(fd, text + n, sizeof(text) - 1 - n)) > 0)
		n += got;
	printf("%-16s %8s %3s %s\n", "Module", "Size", "Use", "by");
	for (row = text; (end = strchr(row, '\n')); row = end + 1) {
		*end = '\0';
		print_row(row);
	}
	return 0;
}
