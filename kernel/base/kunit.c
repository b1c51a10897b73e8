/* SPDX-License-Identifier: MIT */
/*
 * Running the suites and printing KTAP: one subtest a suite, one result line a case.
 * Linux counterpart: lib/kunit/test.c, Documentation/dev-tools/ktap.rst
 */
#include <kernel/base/bug.h>
#include <kernel/base/kunit.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/glob.h>
#include <kernel/lib/vsprintf.h>

extern const struct kunit_suite *const __start_kunit_suites[];
extern const struct kunit_suite *const __stop_kunit_suites[];

bool kunit_refuse_warnings;

void kunit_fail(struct kunit *test, const char *file, int line, const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	printk(KERN_INFO "        # %s: %s:%d: %s\n", test->name, file, line, text);
	test->failures++;
}

void kunit_begin_warning(struct kunit *test, const char *statement)
{
	printk(KERN_INFO "        # expected warning from: %s\n", statement);
	test->warnings_before = warnings_reported();
}

void kunit_end_warning(struct kunit *test, const char *file, int line)
{
	unsigned int warnings = warnings_reported() - test->warnings_before;

	printk(KERN_INFO "        # end of expected warning\n");
	if (warnings != 1)
		kunit_fail(test, file, line, "expected 1 warning, got %u", warnings);
	test->expected_warnings += warnings;
}

/* before: warnings_reported() when the case began. */
static void expect_no_other_warning(struct kunit *test, const char *suite, unsigned int before)
{
	unsigned int others = warnings_reported() - before - test->expected_warnings;

	if (kunit_refuse_warnings && others)
		kunit_fail(test, suite, 0, "%u warnings outside KUNIT_EXPECT_WARNING()", others);
}

static bool run_case(const struct kunit_suite *suite, const struct kunit_case *test_case,
		     int number)
{
	struct kunit test = { .name = test_case->name };
	unsigned int warnings = warnings_reported();
	int error = suite->init ? suite->init(&test) : 0;

	if (error)
		kunit_fail(&test, suite->name, 0, "init failed with %d", error);
	else
		test_case->run_case(&test);
	if (!error && suite->exit)
		suite->exit(&test);
	expect_no_other_warning(&test, suite->name, warnings);

	printk(KERN_INFO "    %s %d %s%s%s\n", test.failures ? "not ok" : "ok", number,
	       test_case->name, test.skip_reason ? " # SKIP " : "",
	       test.skip_reason ? test.skip_reason : "");
	return test.failures == 0;
}

static int count_cases(const struct kunit_suite *suite)
{
	int n = 0;

	while (suite->cases[n].run_case)
		n++;
	return n;
}

static int run_suite(const struct kunit_suite *suite, int number)
{
	int n = count_cases(suite), failed = 0, i;

	printk(KERN_INFO "    KTAP version 1\n");
	printk(KERN_INFO "    # Subtest: %s\n", suite->name);
	printk(KERN_INFO "    1..%d\n", n);
	for (i = 0; i < n; i++)
		failed += !run_case(suite, &suite->cases[i], i + 1);
	printk(KERN_INFO "%s %d %s\n", failed ? "not ok" : "ok", number, suite->name);
	return failed;
}

static bool wanted(const struct kunit_suite *suite, const char *glob)
{
	return !glob || glob_match(glob, suite->name);
}

int kunit_run_all(const char *glob)
{
	const struct kunit_suite *const *suite;
	int planned = 0, number = 0, failed = 0;

	for (suite = __start_kunit_suites; suite < __stop_kunit_suites; suite++)
		planned += wanted(*suite, glob);
	printk(KERN_INFO "KTAP version 1\n");
	printk(KERN_INFO "1..%d\n", planned);
	for (suite = __start_kunit_suites; suite < __stop_kunit_suites; suite++)
		if (wanted(*suite, glob))
			failed += run_suite(*suite, ++number);
	printk(KERN_INFO "# selftest: %d suites, %d failed cases\n", planned, failed);
	return planned ? failed : -ENOENT;
}
