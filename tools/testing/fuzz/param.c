/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes the kernel command line: its splitting into words and values, and the parsers that most
 * parameters use.
 */
#include "fuzz.h"

#include <kernel/base/param.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/string.h>

/* A value lies in the copy of the line, behind its name. */
static int mem_setup(char *value)
{
	char *end;

	FUZZ_ASSERT(strlen(value) < COMMAND_LINE_SIZE);
	memparse(value, &end);
	return end == value || *end;
}

static int loglevel_setup(char *value)
{
	int level;

	return kstrtoint(value, 0, &level);
}

/* The only parameters of this program: no other file in it has an early_param(). */
static const struct kernel_param params[] __used __section("kernel_params") = {
	{ "mem", mem_setup },
	{ "loglevel", loglevel_setup },
};

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	char *line = fuzz_string(data, size), *words = fuzz_string(data, size);
	char *rest = words, *word;

	while ((word = next_word(&rest)))
		fuzz_touch(word, strlen(word) + 1);
	init_command_line[0] = '\0';
	parse_early_param(line);
	FUZZ_ASSERT(!strncmp(line, boot_command_line, COMMAND_LINE_SIZE - 1));
	FUZZ_ASSERT(strlen(init_command_line) < COMMAND_LINE_SIZE);
	free(words);
	free(line);
	return 0;
}
