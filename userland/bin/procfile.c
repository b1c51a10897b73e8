/* SPDX-License-Identifier: MIT */
/*
 * vmallocinfo, iomem, interrupts: print the file of /proc that has the program's own name; ptdump:
 * print the file that Linux has for it.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	const char *name = program_invocation_short_name;
	char path[64] = "/sys/kernel/debug/kernel_page_tables";
	char buf[1024];
	ssize_t n;
	int fd;

	if (strcmp(name, "ptdump"))
		snprintf(path, sizeof(path), "/proc/%s", name);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		err(1, "%s", path);
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		fwrite(buf, 1, n, stdout);
	if (n < 0)
		err(1, "%s", path);
	if (fflush(stdout))
		err(1, "write");
	return 0;
}
