/* SPDX-License-Identifier: MIT */
/*
 * What the log holds after messages that are too long, unfinished, or in pieces. They are printed
 * with a level that no console shows unless it is asked to.
 */
#include <kernel/base/kunit.h>
#include <kernel/base/printk.h>
#include <kernel/lib/string.h>

#define NEWEST 3000

static char newest[NEWEST + 1];

/*
 * The text of a line of the log, without level and time: the last one for age 0, the one before it
 * for age 1. "?" when it does not begin as a line of that level does.
 */
static const char *line_of_log(unsigned int age)
{
	char *line;

	newest[printk_read_log(newest, NEWEST)] = '\0';
	for (;; age--) {
		line = strrchr(newest, '\n');
		if (!line)
			return "?";
		*line = '\0';
		line = strrchr(newest, '\n');
		line = line ? line + 1 : newest;
		if (!age)
			break;
	}
	return !strncmp(line, "<7>[", 4) && strchr(line, ']') ? strchr(line, ']') + 2 : "?";
}

static void printk_cuts_what_is_too_long(struct kunit *test)
{
	size_t len;

	printk(KERN_DEBUG "%2000s\n", "long");
	printk(KERN_DEBUG "next\n");
	KUNIT_EXPECT_STREQ(test, line_of_log(0), "next");
	len = strlen(line_of_log(1));
	KUNIT_EXPECT_EQ(test, len, 1024 - strlen(KERN_DEBUG) - strlen("\n") - 1);
	KUNIT_EXPECT_STREQ(test, line_of_log(1) + len - 5, "  ...");
}

static void printk_keeps_what_just_fits(struct kunit *test)
{
	printk(KERN_DEBUG "%1020s\n", "fits");
	KUNIT_EXPECT_EQ(test, strlen(line_of_log(0)), 1020U);
	KUNIT_EXPECT_STREQ(test, line_of_log(0) + 1016, "fits");
}

static void printk_begins_a_line_at_a_level(struct kunit *test)
{
	printk(KERN_DEBUG "unfinished");
	printk(KERN_DEBUG "next\n");
	KUNIT_EXPECT_STREQ(test, line_of_log(0), "next");
	KUNIT_EXPECT_STREQ(test, line_of_log(1), "unfinished");
}

static void printk_continues_a_line(struct kunit *test)
{
	printk(KERN_DEBUG "one");
	pr_cont(" two");
	printk(" three\n");
	KUNIT_EXPECT_STREQ(test, line_of_log(0), "one two three");
}

static const struct kunit_case printk_cases[] = {
	KUNIT_CASE(printk_cuts_what_is_too_long),
	KUNIT_CASE(printk_keeps_what_just_fits),
	KUNIT_CASE(printk_begins_a_line_at_a_level),
	KUNIT_CASE(printk_continues_a_line),
	{},
};

static const struct kunit_suite printk_suite = {
	.name = "printk",
	.cases = printk_cases,
};
kunit_test_suite(printk_suite);
