/* SPDX-License-Identifier: MIT */
/* Requests to a device that are neither reading nor writing. */
#pragma once

#define TCGETS 0x5401
#define TCSETS 0x5402

int ioctl(int fd, unsigned long request, void *argument);
