/* SPDX-License-Identifier: MIT */
/*
 * false: fail, whatever the arguments.
 */
#include <commands.h>

int main(int argc, char **argv)
{
	answer_help(argv);
	return 1;
}
