/* SPDX-License-Identifier: MIT */
/*
 * access: use an address from user mode, as any wild pointer would, and see what the kernel says.
 */
#include <commands.h>
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

int main(int argc, char **argv)
{
	const char *kind = argc == 3 ? argv[2] : "read";
	unsigned long address;
	unsigned int i;
	char *end;

	if (argc < 2 || argc > 3)
		usage("access");
	address = strtoul(argv[1], &end, 0);
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (*end || strcmp(kind, kinds[i].name))
			continue;
		kinds[i].use(address);
		return 0;
	}
	usage("access");
}
