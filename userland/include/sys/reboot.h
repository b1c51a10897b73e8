/* SPDX-License-Identifier: MIT */
/* Ending the machine. The two magic numbers guard against a reboot by accident. */
#pragma once

#define LINUX_REBOOT_MAGIC1 0xfee1dead
#define LINUX_REBOOT_MAGIC2 672274793

#define RB_AUTOBOOT  0x01234567
#define RB_POWER_OFF 0x4321fedc

int reboot(unsigned int command);
