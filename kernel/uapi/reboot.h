/* SPDX-License-Identifier: MIT */
/*
 * Ending the machine. The two magic numbers guard against a reboot by accident.
 *
 * Linux counterpart: include/uapi/linux/reboot.h
 */
#pragma once

#define LINUX_REBOOT_MAGIC1 0xfee1deadu
#define LINUX_REBOOT_MAGIC2 672274793u

#define LINUX_REBOOT_CMD_RESTART   0x01234567u
#define LINUX_REBOOT_CMD_POWER_OFF 0x4321fedcu
