/* SPDX-License-Identifier: MIT */
/*
 * ioremap, iounmap, vmalloc, vfree, peek, poke, explain, walk, vmstress: one program under several
 * names. It writes its name and its arguments as one line to /proc/iolab, and prints what the same
 * open file then answers. The kernel parses the line: the program knows neither numbers nor usage,
 * and a new experiment needs no new program.
 *
 * An answer that begins with "failed: " gives the exit status 1.
 */
#include <commands.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BENCH   "/proc/iolab"
#define REFUSAL "failed: "

/* Appends a word to the text of *length bytes. */
static void append(char *text, size_t size, size_t *length, const char *word, char end)
{
	*length += snprintf(text + *length, size - *length, "%s%c", word, end);
	if (*length >= size)
		errx(1, "the command is too long");
}

static void send_command(int fd, int argc, char **argv)
{
	char line[256];
	size_t length = 0;

	append(line, sizeof(line), &length, program_invocation_short_name, argc > 1 ? ' ' : '\n');
	for (int i = 1; i < argc; i++)
		append(line, sizeof(line), &length, argv[i], i + 1 < argc ? ' ' : '\n');
	if (write(fd, line, length) < 0)
		err(1, BENCH);
}

/* Returns the exit status that the answer asks for. */
static int print_answer(int fd)
{
	char start[sizeof(REFUSAL) - 1];
	char buf[512];
	size_t total = 0;
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		for (ssize_t i = 0; i < n && total + i < sizeof(start); i++)
			start[total + i] = buf[i];
		total += n;
		fwrite(buf, 1, n, stdout);
		fflush(stdout);
	}
	if (n < 0)
		err(1, BENCH);
	return total >= sizeof(start) && !memcmp(start, REFUSAL, sizeof(start));
}

int main(int argc, char **argv)
{
	int fd;

	answer_help(argv);
	fd = open(BENCH, O_RDWR);
	if (fd < 0)
		err(1, BENCH);
	send_command(fd, argc, argv);
	return print_answer(fd);
}
