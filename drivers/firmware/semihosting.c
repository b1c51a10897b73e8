/* SPDX-License-Identifier: MIT */
/*
 * Power-off without firmware. When the kernel is the first program of the machine (entered at EL3,
 * no psci node in the device tree), no firmware can be asked. An emulator or a debugger may
 * listen to semihosting calls, and ends the machine for us: QEMU does with
 * `-semihosting-config enable=on`. The kernel cannot find out without trying, so firmware is asked
 * first.
 *
 * Source: Arm IHI 0014, "Semihosting for AArch32 and AArch64".
 * Linux has no counterpart: there only the early console of RISC-V uses semihosting.
 */

#include <asm/semihosting.h>
#include <kernel/base/init.h>
#include <kernel/base/initcall.h>
#include <kernel/reboot.h>

#define SYS_EXIT_EXTENDED            0x20
#define ADP_STOPPED_APPLICATION_EXIT 0x20026

/* Status 0: the user wanted it. */
static void semihosting_power_off(void)
{
	static const unsigned long why[2] = { ADP_STOPPED_APPLICATION_EXIT, 0 };

	semihosting_call(SYS_EXIT_EXTENDED, why);
}

static struct sys_off_handler semihosting_handler = {
	.name = "semihosting",
	.ask = { [SYS_OFF_MODE_POWER_OFF] = semihosting_power_off },
};

static int __init semihosting_init(void)
{
	register_sys_off_handler(&semihosting_handler);
	return 0;
}
subsys_initcall(semihosting_init);
