/* SPDX-License-Identifier: MIT */
/* Exports what client.c and far.c use. */
#include <kernel/base/bug.h>
#include <kernel/base/export.h>
#include <kernel/module/module.h>

unsigned int shared_next(void);
void shared_warn(void);

static unsigned int number;

unsigned int shared_next(void)
{
	return ++number;
}
EXPORT_SYMBOL(shared_next);

void shared_warn(void)
{
	WARN(true, "from a module");
}
EXPORT_SYMBOL(shared_warn);

static int __init shared_init(void)
{
	return 0;
}

static void shared_exit(void)
{
}

module_init(shared_init);
module_exit(shared_exit);
