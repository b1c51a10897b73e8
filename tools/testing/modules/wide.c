/* SPDX-License-Identifier: MIT */
/* Takes more than half of module space. */
#include <kernel/lib/sizes.h>
#include <kernel/module/module.h>

static volatile char space[sizeof(long) == 8 ? SZ_64M + SZ_2M : SZ_8M];

static int __init wide_init(void)
{
	space[sizeof(space) - 1] = 1;
	return 0;
}

static void wide_exit(void)
{
}

module_init(wide_init);
module_exit(wide_exit);
