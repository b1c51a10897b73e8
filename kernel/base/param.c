/* SPDX-License-Identifier: MIT */
/*
 * Splits the command line into words, and calls the handler of each.
 * Linux counterpart: kernel/params.c, lib/cmdline.c
 */
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/lib/ctype.h>
#include <kernel/lib/string.h>

extern const struct kernel_param __start_kernel_params[], __stop_kernel_params[];

char boot_command_line[COMMAND_LINE_SIZE];
char init_command_line[COMMAND_LINE_SIZE];

static char scratch[COMMAND_LINE_SIZE] __initdata;

/*
 * Copies the word at in to out without its quotes; returns where it ended. out never overtakes in,
 * so both may be in the same buffer.
 */
static char *unquote_word(char *in, char *out)
{
	bool quoted = false;

	for (; *in && (quoted || !isspace(*in)); in++) {
		if (*in == '"')
			quoted = !quoted;
		else
			*out++ = *in;
	}
	if (*in)
		in++;
	*out = '\0';
	return in;
}

char *next_word(char **line)
{
	char *word = skip_spaces(*line);

	if (!*word)
		return NULL;
	*line = unquote_word(word, word);
	return word;
}

static void __init call_param(const char *name, char *value)
{
	const struct kernel_param *param;

	for (param = __start_kernel_params; param < __stop_kernel_params; param++) {
		if (strcmp(param->name, name))
			continue;
		if (param->setup(value))
			pr_warn("command line: %s=%s: value not understood, ignored\n", name,
				value);
		return;
	}
	pr_warn("command line: unknown parameter \"%s\", ignored\n", name);
}

void __init parse_early_param(const char *line)
{
	char *rest = scratch, *word, *value;

	strscpy(boot_command_line, line, sizeof(boot_command_line));
	strscpy(scratch, line, sizeof(scratch));
	if (strlen(line) >= COMMAND_LINE_SIZE)
		pr_warn("command line: cut to %d bytes\n", COMMAND_LINE_SIZE - 1);

	while ((word = next_word(&rest))) {
		if (!strcmp(word, "--")) {
			strscpy(init_command_line, skip_spaces(rest), sizeof(init_command_line));
			return;
		}
		value = strchr(word, '=');
		if (value)
			*value++ = '\0';
		call_param(word, value ? value : word + strlen(word));
	}
}
