/* SPDX-License-Identifier: MIT */
/*
 * What early_ioremap prints: each call with `early_ioremap_debug`, and what boot has left mapped.
 * Only a program on the host can look at the console. Entries are early_ioremap_test.c's matter.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/base/param.h>
#include <kernel/base/tests/print_log.h>
#include <kernel/lib/vsprintf.h>
#include <mm/early_ioremap.h>
#include <mm/fixmap.h>

#define PHYS 0x10000000ULL

static int setup(struct kunit *test)
{
	early_ioremap_init();
	return early_ioremap_leak_check();
}

static void expect_printed(struct kunit *test, const char *fmt, ...) __printf(2, 3);
static void expect_printed(struct kunit *test, const char *fmt, ...)
{
	const char *text = print_log_stop();
	char wanted[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(wanted, sizeof(wanted), fmt, args);
	va_end(args);
	KUNIT_EXPECT_STREQ(test, text, wanted);
}

/* A mapping that stays is printed with what was asked for; the call says how many there are. */
static void leaks_are_named(struct kunit *test)
{
	void *virt[3];
	unsigned int i;

	for (i = 0; i < 3; i++)
		virt[i] = early_memremap(PHYS + 0x10, i + 1);
	early_memunmap(virt[0], 1);
	print_log_start();
	KUNIT_EXPECT_EQ(test, early_ioremap_leak_check(), 2);
	expect_printed(test,
		       "early_ioremap: slot 1 is still mapped: 0x%px, size 0x2\n"
		       "early_ioremap: slot 2 is still mapped: 0x%px, size 0x3\n"
		       "early_ioremap: slots leaked: 2 (early_ioremap_debug shows each mapping)\n",
		       virt[1], virt[2]);
	early_memunmap(virt[1], 2);
	early_memunmap(virt[2], 3);
	print_log_start();
	KUNIT_EXPECT_EQ(test, early_ioremap_leak_check(), 0);
	expect_printed(test, "%s", "");
}

/* Setting up anew would forget a mapping. */
static void set_up_twice_warns(struct kunit *test)
{
	void *virt = early_memremap(PHYS, 1);
	unsigned int before = host_warnings;

	early_ioremap_setup();
	KUNIT_EXPECT_EQ(test, host_warnings, before + 1);
	early_memunmap(virt, 1);
	early_ioremap_setup();
	KUNIT_EXPECT_EQ(test, host_warnings, before + 1);
}

/* Comes last: nothing calls the parameter off. */
static void each_call_is_printed(struct kunit *test)
{
	void *virt, *other;

	print_log_start();
	virt = early_memremap(PHYS, 1);
	early_memunmap(virt, 1);
	expect_printed(test, "%s", "");

	print_log_start();
	parse_early_param("early_ioremap_debug");
	expect_printed(test, "%s", "");
	print_log_start();
	virt = early_memremap(PHYS + 0x678, 0x1000);
	other = early_memremap(PHYS, 1);
	early_memunmap(other, 1);
	early_memunmap(virt, 0x1000);
	expect_printed(test,
		       "early_ioremap: slot 0: 0x10000678, size 0x1000 => 0x%px\n"
		       "early_ioremap: slot 1: 0x10000000, size 0x1 => 0x%px\n"
		       "early_ioremap: slot 1: 0x%px unmapped\n"
		       "early_ioremap: slot 0: 0x%px unmapped\n",
		       virt, other, other, virt);
}

static const struct kunit_case early_ioremap_host_cases[] = {
	KUNIT_CASE(leaks_are_named),
	KUNIT_CASE(set_up_twice_warns),
	KUNIT_CASE(each_call_is_printed),
	{},
};

static const struct kunit_suite early_ioremap_host_suite = {
	.name = "early_ioremap_host",
	.init = setup,
	.cases = early_ioremap_host_cases,
};
kunit_test_suite(early_ioremap_host_suite);
