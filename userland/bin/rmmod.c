/* SPDX-License-Identifier: MIT */
/*
 * rmmod: remove modules. Why one is not removed is told by the kernel. A name may have - where the
 * module has _, because the file has.
 */
#include <commands.h>
#include <err.h>
#include <string.h>
#include <sys/module.h>

int main(int argc, char **argv)
{
	char **names = parse_arguments(argv, command_usage("rmmod"));
	int status = 0;
	char *dash;

	for (; *names; names++) {
		for (dash = strchr(*names, '-'); dash; dash = strchr(dash, '-'))
			*dash = '_';
		if (delete_module(*names, 0)) {
			warn("%s is not removed", *names);
			status = 1;
		}
	}
	return status;
}
