/* SPDX-License-Identifier: MIT */
/*
 * A program's own row of commands.def, and its command line, read as that row says:
 *
 *	[-c]		an option; several may share a dash: -cv
 *	[-n LINES]	an option with a value: -n 5 or -n5
 *	[-NUMBER]	a number behind the dash: -9
 *	TEXT		a word that must be there
 *	[FILE]		one that may be
 *	...		and any number of more
 *
 * Options come first. `--` ends them, a lone `-` is a word like any other.
 */
#pragma once

#include <err.h>
#include <stdbool.h>

/*
 * "NAME ARGUMENTS". The comparisons are folded when the name is a literal, so that a program
 * carries its own usage and none of the others.
 */
static inline __attribute__((always_inline)) const char *command_usage(const char *name)
{
#define GROUP(title)
#define COMMAND(command, arguments, summary, example) \
	if (!__builtin_strcmp(name, command))         \
		return sizeof(arguments) > 1 ? command " " arguments : command;
#include <commands.def>
#undef COMMAND
#undef GROUP
	return name;
}

/*
 * Take the options off the command line; returns the words behind them, up to the NULL. What the
 * usage does not allow ends the program with one line and status 2; --help or -h, alone, prints
 * what `help` prints.
 */
char **parse_arguments(char **argv, const char *usage);

/* The value of an option that was given ("" when it takes none), or NULL. */
const char *option(char letter);
#define OPTION_NUMBER '#' /* [-NUMBER] */

/* For a value that makes no sense: print it, the reason and the usage; end with status 2. */
_Noreturn void refuse_argument(const char *word, const char *reason);

/* Of a program that takes its command line as it is: if --help or -h is all there is, run help. */
void answer_help(char **argv);

/* Whether the words behind a command's name, up to the NULL, only ask for help. */
bool asks_for_help(char *const *words);

/*
 * Sends each of the processes a signal, SIGTERM when signal is NULL. Numbers are text. Returns the
 * exit status, after a message when it is not 0.
 */
int kill_processes(char *const *pids, const char *signal);

/* Why there are too few or too many words up to the NULL for this usage; else NULL. */
const char *words_refusal(char *const *words, const char *usage);
