/* SPDX-License-Identifier: MIT */
/* Modules of devices that were there before any program. Linux counterpart: udevadm trigger */
#pragma once

/*
 * Loads each module whose alias names a PCI device of this machine. A module that cannot be loaded
 * gets a line; init goes on.
 */
void coldplug(void);
