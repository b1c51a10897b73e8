/* SPDX-License-Identifier: MIT */
/*
 * rmmod: remove modules. Why one is not removed is told by the kernel.
 */
#include <commands.h>
#include <err.h>
#include <sys/module.h>

int main(int argc, char **argv)
{
	char **names = parse_arguments(argv, command_usage("rmmod"));
	int status = 0;

	for (; *names; names++)
		if (delete_module(*names, 0)) {
			warn("%s is not removed", *names);
			status = 1;
		}
	return status;
}
