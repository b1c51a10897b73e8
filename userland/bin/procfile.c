/* SPDX-License-Identifier: MIT */
/*
 * vmallocinfo, iomem, interrupts: print the file of /proc that has the program's own name.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	char path[64];
	char buf[1024];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%s", program_invocation_short_name);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		err(1, "%s", path);
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		fwrite(buf, 1, n, stdout);
	if (n < 0)
		err(1, "%s", path);
	return fflush(stdout) ? 1 : 0;
}
