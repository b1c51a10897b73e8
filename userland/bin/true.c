/* SPDX-License-Identifier: MIT */
/*
 * true: succeed, whatever the arguments.
 */
#include <commands.h>

int main(int argc, char **argv)
{
	answer_help(argv);
	return 0;
}
