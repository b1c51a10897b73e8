/* SPDX-License-Identifier: MIT */
/*
 * Command lines. The usage of a program is the text that its user reads and the grammar that is
 * followed here: nothing can be documented and not accepted, or the other way round.
 */
#include <commands.h>
#include <ctype.h>
#include <err.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

static const char *usage;
static const char *values[128]; /* of the options that were given, by letter */

const char *option(char letter)
{
	return values[(unsigned char)letter];
}

void refuse_argument(const char *word, const char *reason)
{
	errx(2, "%s %s; usage: %s", word, reason, usage);
}

bool asks_for_help(char *const *words)
{
	return words[0] && !words[1] && (!strcmp(words[0], "--help") || !strcmp(words[0], "-h"));
}

void answer_help(char **argv)
{
	char *help[] = { "help", (char *)program_invocation_short_name, NULL };

	if (!argv[0] || !asks_for_help(argv + 1))
		return;
	execvp(help[0], help);
	err(1, "help");
}

/* --- the usage --- */

static const char *word_end(const char *p)
{
	return p + strcspn(p, " ].");
}

/* p points behind the letter of an option. */
static bool takes_value(const char *p)
{
	return p[0] == ' ' && isupper(p[1]);
}

/* The text behind the option's letter in the usage, or NULL when there is no such option. */
static const char *find_option(char letter)
{
	for (const char *p = strchr(usage, '-'); p; p = strchr(p + 1, '-')) {
		bool number = isupper(p[1]) && isupper(p[2]);

		if (number ? letter == OPTION_NUMBER : p[1] == letter)
			return p + 2;
	}
	return NULL;
}

const char *words_refusal(char *const *words, const char *text)
{
	int least = 0, most = 0, depth = 0, given = 0;
	const char *p = text + strcspn(text, " ");

	while (*p) {
		depth += (*p == '[') - (*p == ']');
		if (*p == '-') {
			p = word_end(p);
			p = takes_value(p) ? word_end(p + 1) : p;
		} else if (isalpha(*p)) {
			p = word_end(p);
			most++;
			least += !depth;
		} else if (*p++ == '.') {
			most = INT_MAX;
		}
	}
	while (words[given])
		given++;
	if (given < least)
		return "too few arguments";
	return given > most ? "too many arguments" : NULL;
}

/* --- the command line --- */

/* Of --long all is shown, of -abc the letter that is not known. */
static _Noreturn void refuse_option(const char *word, char letter)
{
	if (word[1] == '-')
		errx(2, "unknown option %s; usage: %s", word, usage);
	errx(2, "unknown option -%c; usage: %s", letter, usage);
}

/* Takes one word of options; returns the last word that belongs to it. */
static char **take_options(char **argv)
{
	char *p = *argv + 1;

	if (isdigit(*p) && find_option(OPTION_NUMBER)) {
		values[OPTION_NUMBER] = p;
		return argv;
	}
	for (; *p; p++) {
		const char *form = find_option(*p);

		if (!form)
			refuse_option(*argv, *p);
		values[(unsigned char)*p] = "";
		if (!takes_value(form))
			continue;
		values[(unsigned char)*p] = p[1] ? p + 1 : argv[1];
		if (!p[1] && !argv[1])
			refuse_argument(*argv, "wants a value");
		return p[1] ? argv : argv + 1;
	}
	return argv;
}

char **parse_arguments(char **argv, const char *text)
{
	const char *refusal;

	usage = text;
	answer_help(argv);
	for (argv++; argv[0] && argv[0][0] == '-' && argv[0][1]; argv++) {
		if (!strcmp(argv[0], "--")) {
			argv++;
			break;
		}
		argv = take_options(argv);
	}
	refusal = words_refusal(argv, usage);
	if (refusal)
		errx(2, "%s; usage: %s", refusal, usage);
	return argv;
}
