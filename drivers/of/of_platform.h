/* SPDX-License-Identifier: MIT */
/* Linux counterpart: include/linux/of_platform.h */
#pragma once

#include <drivers/of/of.h>

/*
 * Makes a platform device of every available child of root that has a compatible string, and goes
 * down into those that are simple buses. Returns how many were made. Process context; once a root.
 */
int of_platform_populate(struct device_node *root);
