/* SPDX-License-Identifier: MIT */
/*
 * iomem, interrupts: print the file of /proc that has the program's own name. ptdump: prints the
 * file that Linux has for it.
 */
#include <commands.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	const char *name = program_invocation_short_name;
	char path[64] = "/sys/kernel/debug/kernel_page_tables";
	char buf[1024];
	ssize_t n;
	int fd;

	parse_arguments(argv, name);
	if (strcmp(name, "ptdump"))
		snprintf(path, sizeof(path), "/proc/%s", name);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		err(1, "%s", path);
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		fwrite(buf, 1, n, stdout);
	if (n < 0)
		err(1, "%s", path);
	return 0;
}
