/* SPDX-License-Identifier: MIT */
/* Uses shared.c, and so keeps it. */
#include <kernel/base/printk.h>
#include <kernel/module/module.h>

unsigned int shared_next(void);
void shared_warn(void);

static int __init client_init(void)
{
	pr_info("client: number %u\n", shared_next());
	shared_warn();
	return 0;
}

static void client_exit(void)
{
}

module_init(client_init);
module_exit(client_exit);
