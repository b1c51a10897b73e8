/* SPDX-License-Identifier: MIT */
/*
 * uname: print the kernel's name, or with -a all of its names.
 */
#include <commands.h>
#include <err.h>
#include <stdio.h>
#include <sys/utsname.h>

int main(int argc, char **argv)
{
	struct utsname names;

	parse_arguments(argv, command_usage("uname"));
	if (uname(&names))
		err(1, "uname");
	if (!option('a'))
		puts(names.sysname);
	else
		printf("%s %s %s %s %s\n", names.sysname, names.nodename, names.release,
		       names.version, names.machine);
	return 0;
}
