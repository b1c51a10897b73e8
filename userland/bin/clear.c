/* SPDX-License-Identifier: MIT */
/*
 * clear: empty the screen.
 */
#include <commands.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	parse_arguments(argv, command_usage("clear"));
	fputs("\x1b[H\x1b[2J", stdout);
	return 0;
}
