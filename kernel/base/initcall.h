/* SPDX-License-Identifier: MIT */
/*
 * Functions that boot calls without knowing them: each file announces its own at a level, the
 * linker collects them, do_initcalls() calls level by level, in link order within a level.
 * `initcall_debug` on the command line prints each call with its result and duration,
 * `initcall_blacklist=NAME,NAME` leaves some out: a driver that is to be tried as a module.
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

#ifdef MODULE

/*
 * In a module there is one init function, whatever its level would have been, and an exit function.
 * The loader finds them by these names.
 */
#define module_init(fn) int init_module(void) __attribute__((alias(#fn)))
#define module_exit(fn) void cleanup_module(void) __attribute__((alias(#fn)))

int init_module(void);
void cleanup_module(void);

#define core_initcall(fn)   module_init(fn)
#define subsys_initcall(fn) module_init(fn)
#define fs_initcall(fn)     module_init(fn)
#define device_initcall(fn) module_init(fn)
#define late_initcall(fn)   module_init(fn)

#else

#define core_initcall(fn)   __define_initcall(1_core, fn)
#define subsys_initcall(fn) __define_initcall(2_subsys, fn)
#define fs_initcall(fn)     __define_initcall(3_fs, fn)
#define device_initcall(fn) __define_initcall(4_device, fn)
#define late_initcall(fn)   __define_initcall(5_late, fn)
#define module_init(fn)     device_initcall(fn)

/* What is built in never ends. The function is named, so that it counts as used, and left out. */
#define module_exit(fn)     static void (*const __exitcall_##fn)(void) __maybe_unused = fn

#endif

/* Calls them all. Once, from boot, in the first kernel thread, interrupts on. */
void do_initcalls(void);
