/* SPDX-License-Identifier: MIT */
/*
 * ls: list directories: sorted, in columns on a terminal, otherwise a name a line.
 */
#include <columns.h>
#include <commands.h>
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool in_columns;
static bool with_facts;  /* -l */
static bool with_hidden; /* -a */

static char kind_letter(mode_t mode)
{
	static const struct {
		mode_t kind;
		char letter;
	} kinds[] = {
		{ S_IFREG, '-' }, { S_IFDIR, 'd' }, { S_IFCHR, 'c' },
		{ S_IFBLK, 'b' }, { S_IFLNK, 'l' }, { S_IFIFO, 'p' },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].kind == (mode & S_IFMT))
			return kinds[i].letter;
	return '?';
}

/* "drwxr-xr-x    4096 NAME"; a device has its numbers where a file has its size. */
static void print_facts(const char *name, const struct statx *facts)
{
	char mode[] = "?rwxrwxrwx";
	char size[32];

	mode[0] = kind_letter(facts->stx_mode);
	for (int bit = 0; bit < 9; bit++)
		if (!(facts->stx_mode & (1 << bit)))
			mode[9 - bit] = '-';
	if (S_ISCHR(facts->stx_mode))
		snprintf(size, sizeof(size), "%u, %u", facts->stx_rdev_major,
			 facts->stx_rdev_minor);
	else
		snprintf(size, sizeof(size), "%llu", facts->stx_size);
	printf("%s %10s %s\n", mode, size, name);
}

static int list_one(const char *path, const char *name)
{
	struct statx facts;

	if (!with_facts) {
		puts(name);
		return 0;
	}
	if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, &facts)) {
		warn("%s", path);
		return 1;
	}
	print_facts(name, &facts);
	return 0;
}

/* The names in a directory, sorted; *n of them. */
static char **read_names(DIR *dir, size_t *n)
{
	struct dirent *entry;
	char **names = NULL;

	*n = 0;
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.' && !with_hidden)
			continue;
		if (*n % 64 == 0)
			names = realloc(names, (*n + 64) * sizeof(*names));
		if (!names || !(names[*n] = strdup(entry->d_name)))
			err(1, "a large directory");
		(*n)++;
	}
	sort_names(names, *n);
	return names;
}

static int list_directory(DIR *dir, const char *path)
{
	int status = 0;
	size_t n;
	char **names = read_names(dir, &n);

	if (in_columns && !with_facts) {
		print_columns(names, n);
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		char full[256];

		snprintf(full, sizeof(full), "%s/%s", path, names[i]);
		status |= list_one(full, names[i]);
	}
	return status;
}

static int list(const char *path)
{
	DIR *dir = opendir(path);
	int status;

	if (!dir && errno == ENOTDIR)
		return list_one(path, path);
	if (!dir) {
		warn("%s", path);
		return 1;
	}
	status = list_directory(dir, path);
	closedir(dir);
	return status;
}

int main(int argc, char **argv)
{
	char **paths = parse_arguments(argv, command_usage("ls"));
	bool several = paths[0] && paths[1];
	int status = 0;

	with_facts = option('l');
	with_hidden = option('a');
	in_columns = isatty(STDOUT_FILENO);
	if (!*paths)
		return list(".");
	for (char **path = paths; *path; path++) {
		if (several)
			printf("%s%s:\n", path > paths ? "\n" : "", *path);
		status |= list(*path);
	}
	return status;
}
