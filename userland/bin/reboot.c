/* SPDX-License-Identifier: MIT */
/*
 * poweroff, reboot: end the machine, as the program's name says. The kernel reaches the firmware
 * through PSCI; on QEMU a power-off ends QEMU itself.
 */
#include <commands.h>
#include <err.h>
#include <stdbool.h>
#include <string.h>
#include <sys/reboot.h>

int main(int argc, char **argv)
{
	const char *name = program_invocation_short_name;
	bool off = !strcmp(name, "poweroff");

	parse_arguments(argv, name);
	reboot(off ? RB_POWER_OFF : RB_AUTOBOOT);
	err(1, "%s", name);
}
