/* SPDX-License-Identifier: MIT */
/* Ending the machine. */
#pragma once

#include <kernel/uapi/reboot.h>

#define RB_AUTOBOOT  LINUX_REBOOT_CMD_RESTART
#define RB_POWER_OFF LINUX_REBOOT_CMD_POWER_OFF

/* Returns only on failure. */
int reboot(unsigned int command);
