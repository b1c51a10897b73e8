/* SPDX-License-Identifier: MIT */
/*
 * draw: put text on the screen of /dev/fb0, by writing to memory that the driver has, too.
 */
#include <commands.h>
#include <errno.h>
#include <fcntl.h>
#include <kernel/uapi/fb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static unsigned long parse_place(const char *text, unsigned long end)
{
	unsigned long place;
	char *rest;

	errno = 0;
	place = strtoul(text, &rest, 0);
	if (rest == text || *rest || errno || place >= end)
		refuse_argument(text,
				"is not a place on the screen, which has 64 columns and 16 rows");
	return place;
}

int main(int argc, char **argv)
{
	char **words = parse_arguments(argv, command_usage("draw"));
	unsigned long x = parse_place(words[0], FB_COLUMNS), y = parse_place(words[1], FB_ROWS);
	size_t length = strlen(words[2]);
	int fd = open("/dev/fb0", O_RDWR);
	char *screen;

	if (length > FB_COLUMNS - x)
		length = FB_COLUMNS - x; /* what does not fit in the row is not seen */
	if (fd < 0)
		err(1, "/dev/fb0");
	screen = mmap(NULL, FB_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (screen == MAP_FAILED)
		err(1, "/dev/fb0");
	memcpy(screen + y * FB_STRIDE + x, words[2], length);
	return 0;
}
