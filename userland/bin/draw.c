/* SPDX-License-Identifier: MIT */
/*
 * draw: put text on the screen of /dev/fb0, by writing to memory that the driver has, too.
 */
#include <commands.h>
#include <errno.h>
#include <fcntl.h>
#include <kernel/uapi/fb.h>
#include <stdio.h>
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

static char *map_screen(void)
{
	int fd = open("/dev/fb0", O_RDWR);
	char *screen;

	if (fd < 0)
		err(1, "/dev/fb0");
	screen = mmap(NULL, FB_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (screen == MAP_FAILED)
		err(1, "/dev/fb0");
	return screen;
}

/* What does not fit in the row is not seen. */
static void draw_text(char *screen, unsigned long x, unsigned long y, const char *text)
{
	size_t length = strlen(text);

	memcpy(screen + y * FB_STRIDE + x, text, length < FB_COLUMNS - x ? length : FB_COLUMNS - x);
}

/* Each line in a row of its own, and after the last row in the first one again. */
static void draw_input(char *screen, unsigned long x, unsigned long y)
{
	char line[FB_COLUMNS + 1];
	size_t length = 0;
	int c;

	while ((c = getc(stdin)) != EOF) {
		if (c != '\n' && length < FB_COLUMNS)
			line[length++] = c;
		if (c != '\n')
			continue;
		line[length] = '\0';
		draw_text(screen, x, y++ % FB_ROWS, line);
		length = 0;
	}
}

int main(int argc, char **argv)
{
	char **words = parse_arguments(argv, command_usage("draw"));
	unsigned long x = parse_place(words[0], FB_COLUMNS), y = parse_place(words[1], FB_ROWS);
	char *screen = map_screen();

	if (words[2])
		draw_text(screen, x, y, words[2]);
	else
		draw_input(screen, x, y);
	return 0;
}
