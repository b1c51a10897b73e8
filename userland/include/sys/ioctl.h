/* SPDX-License-Identifier: MIT */
/* Requests to a device that are neither reading nor writing. */
#pragma once

int ioctl(int fd, unsigned long request, void *argument);
