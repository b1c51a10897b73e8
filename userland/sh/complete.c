/* SPDX-License-Identifier: MIT */
/*
 * One walk over all names that begin like the word serves both purposes: narrowing down what they
 * have in common, and collecting them. Commands are those of commands.def, as `help` lists them.
 */
#include "complete.h"

#include <columns.h>
#include <commands.h>
#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct search {
	const char *start; /* of the name, as far as it is typed */
	size_t length;     /* of that */
	bool collect;
	char **names; /* the copies, if collected */
	size_t found;
	char common[NAME_MAX + 1]; /* what the names found have in common */
	char behind;               /* what follows the name if it is the only one */
};

/* Without memory the list that is shown is a shorter one. */
static bool collect(struct search *s, const char *name)
{
	char **names = realloc(s->names, (s->found + 1) * sizeof(*names));

	if (names)
		s->names = names;
	return names && (names[s->found] = strdup(name));
}

static void consider(struct search *s, const char *name, char behind)
{
	size_t n = 0;

	if (strncmp(name, s->start, s->length) || (name[0] == '.' && !s->length))
		return;
	if (s->collect && !collect(s, name))
		return;
	if (!s->found++) {
		snprintf(s->common, sizeof(s->common), "%s", name);
		s->behind = behind;
	}
	while (s->common[n] && s->common[n] == name[n])
		n++;
	s->common[n] = '\0';
}

static void search_commands(struct search *s)
{
	static const char *const names[] = {
#define GROUP(title)
#define COMMAND(name, arguments, summary, example) name,
#include <commands.def>
#undef COMMAND
#undef GROUP
	};

	for (size_t i = 0; s->length && i < sizeof(names) / sizeof(names[0]); i++)
		consider(s, names[i], ' ');
}

static void search_directory(struct search *s, const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		consider(s, entry->d_name, entry->d_type == DT_DIR ? '/' : ' ');
	if (dir)
		closedir(dir);
}

static void search(struct search *s, const char *line, size_t length)
{
	const char *end = line + length;
	const char *word = end, *slash = end;
	char path[PATH_MAX];

	while (word > line && !strchr(" \t;|&<>", word[-1]))
		word--;
	while (slash > word && slash[-1] != '/')
		slash--;
	s->start = slash;
	s->length = end - slash;
	snprintf(path, sizeof(path), "%.*s", (int)(slash - word), word);
	while (word > line && (word[-1] == ' ' || word[-1] == '\t'))
		word--;
	if (!*path && (word == line || strchr(";|&", word[-1])))
		search_commands(s);
	else
		search_directory(s, *path ? path : ".");
}

size_t complete(const char *line, size_t length, char *addition, size_t size)
{
	struct search s = { .collect = false };

	search(&s, line, length);
	snprintf(addition, size, "%s%.*s", s.found ? s.common + s.length : "", s.found == 1,
		 &s.behind);
	return s.found;
}

void list_completions(const char *line, size_t length)
{
	struct search s = { .collect = true };

	search(&s, line, length);
	if (!s.found)
		return;
	sort_names(s.names, s.found);
	print_columns(s.names, s.found);
	for (size_t i = 0; i < s.found; i++)
		free(s.names[i]);
	free(s.names);
}
