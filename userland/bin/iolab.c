/* SPDX-License-Identifier: MIT */
/*
 * ioremap, iounmap, vmalloc, vfree, peek, poke, explain, walk, vmstress and others: one program
 * under several names. It writes its name and its arguments as one line to /proc/iolab, and prints
 * what the same open file then answers. The kernel parses the line, and a new experiment needs no
 * new program.
 * A command whose row ends in `...` is written once for each of those words, through one open file:
 * a process for each of a thousand addresses would be slow.
 *
 * An answer that begins with "failed: " gives the exit status 1.
 */
#include <commands.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BENCH   "/proc/iolab"
#define REFUSAL "failed: "
#define PAGE    4096

/*
 * A number that is a whole number of pages only when it is read as hexadecimal was probably meant
 * so. The kernel takes it as C does; the warning does not get in the way of a script.
 */
static void warn_of_decimal(const char *word)
{
	char *end;
	unsigned long long value = strtoul(word, &end, 10);
	unsigned long long in_hex = strtoul(word, NULL, 16);

	if (word[0] != '0' && end != word && !*end && value % PAGE && in_hex % PAGE == 0)
		warnx("decimal %s is 0x%llx; if 0x%s is meant, write the 0x", word, value, word);
}

/* The words that the program's own row names. */
static const char *own_row(void)
{
	static const struct {
		const char *name;
		const char *words;
	} commands[] = {
#define IOLAB(name, min, max, words, summary, example) { #name, words },
#include <kernel/uapi/iolab.def>
#undef IOLAB
	};

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (!strcmp(commands[i].name, program_invocation_short_name))
			return commands[i].words;
	return "";
}

/* Looks at the words that are addresses or sizes, by their names in the row. */
static void check_numbers(char *const *words, const char *names)
{
	for (; *words && *names; words++) {
		size_t n = strcspn(names, " .");

		if (names[0] == '[' && names[1] == '-' && (*words)[0] != '-') { /* not given */
			names += n + (names[n] == ' ');
			n = strcspn(names, " .");
		}
		if (!strncmp(names, "PHYS", n) || !strncmp(names, "VADDR", n) ||
		    !strncmp(names, "SIZE", n))
			warn_of_decimal(*words);
		if (names[n] != '.') /* `...` names all that follow */
			names += n + (names[n] == ' ');
	}
}

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

static int run_command(int fd, int argc, char **argv)
{
	send_command(fd, argc, argv);
	return print_answer(fd);
}

/* Runs the command once for each word behind the options. A refusal does not end the others. */
static int run_for_each(int fd, int argc, char **argv)
{
	int first = 1, status = 0;

	while (first < argc && argv[first][0] == '-')
		first++;
	if (first == argc)
		return run_command(fd, argc, argv); /* the kernel says what is missing */
	for (int i = first; i < argc; i++) {
		argv[first] = argv[i];
		status |= run_command(fd, first + 1, argv);
	}
	return status;
}

int main(int argc, char **argv)
{
	const char *row = own_row();
	int fd;

	answer_help(argv);
	check_numbers(argv + 1, row);
	fd = open(BENCH, O_RDWR);
	if (fd < 0)
		err(1, BENCH);
	return (strstr(row, "...") ? run_for_each : run_command)(fd, argc, argv);
}
