/* SPDX-License-Identifier: MIT */
/*
 * Walking the table of initcalls. The linker script sorts the levels by name, so the whole boot
 * order is one array. An initcall that fails is reported and boot goes on: it is for the code that
 * needed it to refuse.
 *
 * Linux counterpart: do_initcalls() in init/main.c
 */
#define pr_fmt(fmt) "initcall: " fmt

#include <kernel/base/clock.h>
#include <kernel/base/initcall.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/string.h>

extern const struct initcall __start_initcalls[], __stop_initcalls[];

static bool initcall_debug;

static int __init initcall_debug_setup(char *value)
{
	if (*value)
		return -EINVAL;
	initcall_debug = true;
	return 0;
}
early_param("initcall_debug", initcall_debug_setup);

/* Names with commas between them. parse_early_param() keeps the value until boot has ended. */
static const char *blacklist __initdata;

static int __init initcall_blacklist_setup(char *value)
{
	blacklist = value;
	return *value ? 0 : -EINVAL;
}
early_param("initcall_blacklist", initcall_blacklist_setup);

static bool __init is_blacklisted(const char *name)
{
	const char *word = blacklist;
	size_t len;

	for (; word && *word; word += len + (word[len] == ',')) {
		len = strcspn(word, ",");
		if (len == strlen(name) && !strncmp(word, name, len))
			return true;
	}
	return false;
}

static void __init do_one_initcall(const struct initcall *entry)
{
	u64 start = sched_clock();
	int ret;

	if (is_blacklisted(entry->name)) {
		pr_info("%s is on initcall_blacklist: not called\n", entry->name);
		return;
	}
	ret = entry->call();
	if (initcall_debug)
		pr_info("%s returned %d after %llu usecs\n", entry->name, ret,
			div_u64(sched_clock() - start, 1000));
	if (ret && ret != -ENODEV)
		pr_warn("%s failed with error %d\n", entry->name, ret);
}

void __init do_initcalls(void)
{
	const struct initcall *entry;

	for (entry = __start_initcalls; entry < __stop_initcalls; entry++)
		do_one_initcall(entry);
}
