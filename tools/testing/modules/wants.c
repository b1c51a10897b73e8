/* SPDX-License-Identifier: MIT */
/* Uses a function that the kernel has, and does not export. */
#include <kernel/module/module.h>

void start_kernel(void);

static int __init wants_init(void)
{
	start_kernel();
	return 0;
}

module_init(wants_init);
