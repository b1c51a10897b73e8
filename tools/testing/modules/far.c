/* SPDX-License-Identifier: MIT */
/*
 * As wide as wide.c. When that is loaded, this one lies in vmalloc space, where no branch reaches
 * the kernel, nor module space.
 */
#include <kernel/base/printk.h>
#include <kernel/lib/sizes.h>
#include <kernel/module/module.h>

unsigned int shared_next(void);

static volatile char space[sizeof(long) == 8 ? SZ_64M + SZ_2M : SZ_8M];

static noinline unsigned int next_and_last(void)
{
	return shared_next() + space[sizeof(space) - 1];
}

static int __init far_init(void)
{
	unsigned int first = next_and_last();

	pr_info("far: %u, then %u\n", first, next_and_last());
	return 0;
}

static void far_exit(void)
{
	pr_info("far: %u, and gone\n", next_and_last());
}

module_init(far_init);
module_exit(far_exit);
