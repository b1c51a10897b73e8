/* SPDX-License-Identifier: MIT */
/*
 * The smallest module that does something: it takes memory, says where, and gives it back when it
 * is removed. vmallocinfo shows the area with take_memory() as its owner.
 *
 * docs/modules.md reads it line by line.
 */
#define pr_fmt(fmt) "hello: " fmt

#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/module/module.h>
#include <mm/vmalloc.h>

#define BYTES 10000

static void *memory;

/* Not in hello_init(), whose code is freed when it has returned: a caller's name needs its code. */
static noinline void *take_memory(void)
{
	return vzalloc(BYTES);
}

static int __init hello_init(void)
{
	memory = take_memory();
	if (!memory)
		return -ENOMEM;
	pr_info("loaded; %d bytes at %px\n", BYTES, memory);
	return 0;
}

static void hello_exit(void)
{
	vfree(memory);
	pr_info("removed\n");
}

module_init(hello_init);
module_exit(hello_exit);

MODULE_LICENSE("MIT");
MODULE_DESCRIPTION("the smallest module that does something");
