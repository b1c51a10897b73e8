/* SPDX-License-Identifier: MIT */
/*
 * help: list all commands, or tell more about one. What it prints is commands.def.
 */
#include <commands.h>
#include <err.h>
#include <stdio.h>
#include <string.h>

static const struct command {
	const char *name; /* NULL: a group, whose title is the summary */
	const char *arguments;
	const char *summary;
	const char *example;
} commands[] = {
#define GROUP(title)                               { .summary = title },
#define COMMAND(name, arguments, summary, example) { name, arguments, summary, example },
#include <commands.def>
};

#define END (commands + sizeof(commands) / sizeof(commands[0]))

static int list_commands(void)
{
	for (const struct command *c = commands; c < END; c++) {
		if (c->name)
			printf("  %-12s %s\n", c->name, c->summary);
		else
			printf("%s%s:\n", c == commands ? "" : "\n", c->summary);
	}
	puts("\n`help COMMAND` tells more about one. They combine: | > >> < ; && || & $? $VAR");
	return 0;
}

static int explain(const char *name)
{
	for (const struct command *c = commands; c < END; c++) {
		if (!c->name || strcmp(c->name, name))
			continue;
		printf("%s: %s\n", c->name, c->summary);
		printf("usage:   %s%s%s\n", c->name, *c->arguments ? " " : "", c->arguments);
		printf("example: %s\n", c->example);
		return 0;
	}
	errx(1, "no command is called %s; `help` lists them all", name);
}

int main(int argc, char **argv)
{
	char **words = parse_arguments(argv, command_usage("help"));

	return words[0] ? explain(words[0]) : list_commands();
}
