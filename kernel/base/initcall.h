/* SPDX-License-Identifier: MIT */
/*
 * Functions that boot calls without knowing them: each file announces its own at a level, the
 * linker collects them, do_initcalls() calls level by level, in link order within a level.
 * `initcall_debug` on the command line prints each call with its result and duration.
 *
 * Linux counterpart: include/linux/init.h, init/main.c
 */
#pragma once

#include <kernel/base/init.h>
#include <kernel/lib/types.h>

struct initcall {
	int (*call)(void);
	const char *name;
};

#define __define_initcall(level, fn)                                                \
	static const struct initcall __initcall_##fn __used __aligned(sizeof(long)) \
		__section("initcalls_" #level) = { fn, #fn }

#define core_initcall(fn)   __define_initcall(1_core, fn)
#define subsys_initcall(fn) __define_initcall(2_subsys, fn)
#define fs_initcall(fn)     __define_initcall(3_fs, fn)
#define device_initcall(fn) __define_initcall(4_device, fn)
#define late_initcall(fn)   __define_initcall(5_late, fn)
#define module_init(fn)     device_initcall(fn)

/* Calls them all. Once, from boot, in the first kernel thread, interrupts on. */
void do_initcalls(void);
