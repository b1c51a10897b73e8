/* SPDX-License-Identifier: MIT */
/*
 * access: use an address from user mode, as any wild pointer would, and see what the kernel says.
 */
#include <commands.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void read_from(unsigned long address)
{
	printf("0x%x\n", *(volatile unsigned int *)address);
}

static void write_to(unsigned long address)
{
	*(volatile unsigned int *)address = 0;
}

static void jump_to(unsigned long address)
{
	((void (*)(void))address)();
}

static const struct {
	const char *name;
	void (*use)(unsigned long address);
} kinds[] = {
	{ "read", read_from },
	{ "write", write_to },
	{ "exec", jump_to },
};

static unsigned long parse_address(const char *text)
{
	unsigned long address;
	char *end;

	errno = 0;
	address = strtoul(text, &end, 0);
	if (end == text || *end || errno)
		refuse_argument(text, "is not an address");
	return address;
}

int main(int argc, char **argv)
{
	char **words = parse_arguments(argv, command_usage("access"));
	unsigned long address = parse_address(words[0]);
	const char *kind = words[1] ? words[1] : "read";

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kind, kinds[i].name))
			continue;
		kinds[i].use(address);
		return 0;
	}
	refuse_argument(kind, "is not read, write or exec");
}
