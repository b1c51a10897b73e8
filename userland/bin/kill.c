/* SPDX-License-Identifier: MIT */
/*
 * kill: send processes a signal.
 */
#include <commands.h>

int main(int argc, char **argv)
{
	char **pids = parse_arguments(argv, command_usage("kill"));

	return kill_processes(pids, option(OPTION_NUMBER));
}
