/* SPDX-License-Identifier: MIT */
/* Its init function fails. */
#include <kernel/lib/errno.h>
#include <kernel/module/module.h>

static int __init failing_init(void)
{
	return -EIO;
}

static void failing_exit(void)
{
}

module_init(failing_init);
module_exit(failing_exit);
