/* SPDX-License-Identifier: MIT */
/*
 * Modules: code that is loaded into the running kernel, and removed again.
 *
 * A module is a file of object code (ELF, ET_REL) that insmod gives to the kernel. It may use what
 * the kernel and other modules export (kernel/base/export.h). It begins with the function that it
 * names by module_init(), and ends with that of module_exit() (kernel/base/initcall.h). The same
 * source may be built into the kernel instead.
 *
 * Loads and removals take turns (module_mutex). A use keeps a module from being removed: one more
 * module that uses its symbols, or a try_module_get().
 *
 * Linux counterpart: include/linux/module.h
 */
#pragma once

#include <kernel/base/initcall.h>
#include <kernel/lib/types.h>

struct module;

/* --- What the source of a module says of itself; nothing when it is built in --- */

#ifdef MODULE
#define __MODULE_INFO_NAME(line) __modinfo_##line
#define _MODULE_INFO_NAME(line)  __MODULE_INFO_NAME(line)
#define MODULE_INFO(tag, info) \
	static const char _MODULE_INFO_NAME(__LINE__)[] __used __section(".modinfo") = #tag "=" info
extern struct module __this_module; /* each module's own: the loader knows the name */
#define THIS_MODULE (&__this_module)
#else
#define MODULE_INFO(tag, info) _Static_assert(1, #tag)
#define THIS_MODULE            ((struct module *)NULL)
#endif

#define MODULE_LICENSE(text)     MODULE_INFO(license, text)
#define MODULE_DESCRIPTION(text) MODULE_INFO(description, text)
/* The device it drives, "pci:v0000VVVVd0000DDDD*" in upper case: init loads it where that is. */
#define MODULE_ALIAS(text) MODULE_INFO(alias, text)

/* --- Keeping a module --- */

/*
 * Takes a use of a module, so that it stays; false when it is about to be removed. NULL, the
 * kernel, is always there. Any context.
 */
bool try_module_get(struct module *module);

/* Gives the use back. NULL is ignored. Any context. */
void module_put(struct module *module);

struct seq_buf;

/* /proc/modules. */
void modules_show(struct seq_buf *seq);
