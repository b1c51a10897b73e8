/* SPDX-License-Identifier: MIT */
/*
 * poweroff, reboot: end the machine, as the program's name says. The kernel reaches the firmware
 * through PSCI; on QEMU a power-off ends QEMU itself.
 */
#include <err.h>
#include <string.h>
#include <sys/reboot.h>

int main(void)
{
	int off = !strcmp(program_invocation_short_name, "poweroff");

	reboot(off ? RB_POWER_OFF : RB_AUTOBOOT);
	err(1, "reboot");
}
