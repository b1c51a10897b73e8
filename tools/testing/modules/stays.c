/* SPDX-License-Identifier: MIT */
/* Has no exit function. */
#include <kernel/module/module.h>

static int __init stays_init(void)
{
	return 0;
}

module_init(stays_init);
