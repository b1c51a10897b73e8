/* SPDX-License-Identifier: MIT */
/*
 * Marks a function whose body a lab has taken out: it says so when it is first called. Write the
 * body in the place of all lines between its braces.
 */
#pragma once

#include <kernel/base/printk.h>

#define yours_to_write(lab)                                                                       \
	do {                                                                                      \
		static bool told;                                                                 \
                                                                                                  \
		if (!told)                                                                        \
			printk(KERN_WARNING "lab %d: %s:%s() is yours to write\n", lab, __FILE__, \
			       __func__);                                                         \
		told = true;                                                                      \
	} while (0)
