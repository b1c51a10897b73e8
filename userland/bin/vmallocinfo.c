/* SPDX-License-Identifier: MIT */
/*
 * vmallocinfo: print /proc/vmallocinfo as it is. With -d, each row that has a physical address ends
 * with the name of what is there, from /proc/iomem.
 */
#include <commands.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AREAS  "/proc/vmallocinfo"
#define CLAIMS "/proc/iomem"

static char claims[32768];

static FILE *open_or_end(const char *path)
{
	FILE *f = fopen(path, "r");

	if (!f)
		err(1, "%s", path);
	return f;
}

/* A hexadecimal number of up to 64 bits: strtoul() stops at 32 on arm. *end is behind it. */
static unsigned long long read_hex(const char *text, const char **end)
{
	static const char digits[] = "0123456789abcdef";
	unsigned long long value = 0;
	const char *digit;

	while (*text && (digit = strchr(digits, *text))) {
		value = value << 4 | (digit - digits);
		text++;
	}
	*end = text;
	return value;
}

/* The innermost claim that holds the address is the last row that does. */
static const char *find_claim(unsigned long long phys)
{
	const char *row = claims, *found = NULL;

	while (*row) {
		unsigned long long start, end;
		const char *name = row;

		while (*name == ' ')
			name++;
		start = read_hex(name, &name);
		end = read_hex(name + 1, &name);
		if (phys >= start && phys <= end)
			found = name + strlen(" : ");
		row += strlen(row) + 1;
	}
	return found;
}

/* Keeps the rows, each ended by a NUL instead of its newline; an empty row ends the list. */
static void load_claims(void)
{
	FILE *f = open_or_end(CLAIMS);
	char *line = NULL, *row = claims;
	size_t size = 0;
	ssize_t length;

	while ((length = getline(&line, &size, f)) > 0 && row + length < claims + sizeof(claims)) {
		memcpy(row, line, length);
		row[length - 1] = '\0';
		row += length;
	}
	free(line);
	fclose(f);
}

static void print_row(const char *row, size_t length)
{
	const char *phys = strstr(row, " phys=0x");
	const char *claim = NULL, *end;

	if (phys)
		claim = find_claim(read_hex(phys + strlen(" phys=0x"), &end));
	fwrite(row, 1, length - 1, stdout);
	printf("%s%s\n", claim ? "  # " : "", claim ? claim : "");
}

int main(int argc, char **argv)
{
	char *row = NULL;
	size_t size = 0;
	ssize_t length;
	FILE *f;

	parse_arguments(argv, command_usage("vmallocinfo"));
	if (option('d'))
		load_claims();
	f = open_or_end(AREAS);
	while ((length = getline(&row, &size, f)) > 0)
		print_row(row, length);
	if (ferror(f))
		err(1, "%s", AREAS);
	return 0;
}
