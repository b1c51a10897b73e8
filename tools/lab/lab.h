/* SPDX-License-Identifier: MIT */
/*
 * Marks a function whose body a lab has taken out: it says so when it is first called. Write the
 * body in the place of all lines between its braces.
 */
#pragma once

#include <kernel/base/early_print.h>
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

/* The same in code that runs before the MMU is on, where printk() would not find its own data. */
#define yours_to_write_early(lab)                                  \
	do {                                                       \
		static bool told;                                  \
                                                                   \
		if (!told) {                                       \
			early_puts("lab " #lab ": " __FILE__ ":"); \
			early_puts(__func__);                      \
			early_puts("() is yours to write\n");      \
		}                                                  \
		told = true;                                       \
	} while (0)
