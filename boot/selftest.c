/* SPDX-License-Identifier: MIT */
/*
 * `selftest` or `selftest=GLOB` on the command line: run the in-kernel tests, print KTAP, power
 * off.
 */
#include <boot/boot.h>
#include <kernel/base/init.h>
#include <kernel/base/kunit.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/reboot.h>

static bool selftest_wanted;
static char selftest_glob[64];

static int __init selftest_setup(char *value)
{
	if (strlen(value) >= sizeof(selftest_glob))
		return -EINVAL;
	strscpy(selftest_glob, value, sizeof(selftest_glob));
	selftest_wanted = true;
	return 0;
}
early_param("selftest", selftest_setup);

void run_selftests(void)
{
	if (!selftest_wanted)
		return;
	kunit_refuse_warnings = true;
	if (kunit_run_all(selftest_glob[0] ? selftest_glob : NULL) < 0)
		pr_err("selftest: no suite matches \"%s\"\n", selftest_glob);
	kernel_power_off();
}
