/* SPDX-License-Identifier: MIT */
/*
 * The grader's way to run one test case on the host: the kernel's own runner, but its report goes
 * out under a tag that the graded code is not told. What that code prints is not part of it.
 *
 * record_tag.h is written anew for each grade. It has the tag, and another name for printk(), so
 * that other code cannot name the function that writes the report.
 */
#include "record_tag.h"

#define printk RECORD_PRINTK
#include <kernel/base/kunit.c>
#undef printk

#include <kernel/lib/string.h>

#include "../testing/host/libc.h"

/* Each format here begins with a level, which is left out. A line begins with the tag. */
int RECORD_PRINTK(const char *fmt, ...)
{
	char text[1024];
	va_list args;
	int length;

	length = scnprintf(text, sizeof(text), "\n%s ", RECORD_TAG);
	va_start(args, fmt);
	length += vscnprintf(text + length, sizeof(text) - length, fmt + 2, args);
	va_end(args);
	host_write(text, length);
	return length;
}

/* Whether name is "suite.case", or "suite.*". */
static bool is_named(const char *name, const struct kunit_suite *suite,
		     const struct kunit_case *test_case)
{
	size_t length = strlen(suite->name);

	if (strncmp(name, suite->name, length) || name[length] != '.')
		return false;
	return !strcmp(name + length, ".*") || !strcmp(name + length + 1, test_case->name);
}

/* Looks for the cases, and runs them if told so. Returns how many there are. */
static int visit(const char *name, bool run)
{
	const struct kunit_suite *const *suite;
	const struct kunit_case *test_case;
	int found = 0;

	for (suite = __start_kunit_suites; suite < __stop_kunit_suites; suite++)
		for (test_case = (*suite)->cases; test_case->run_case; test_case++) {
			if (!is_named(name, *suite, test_case))
				continue;
			found++;
			if (run)
				run_case(*suite, test_case, 1);
		}
	return found;
}

/* Runs what is named. Where two cases have one name, one of them is not the grader's. */
static int run_named(const char *name)
{
	int cases = visit(name, false);

	if (!cases || (cases > 1 && !strstr(name, ".*")))
		return 1;
	RECORD_PRINTK(KERN_INFO "begin %s %d\n", name, cases);
	visit(name, true);
	RECORD_PRINTK(KERN_INFO "end %s\n", name);
	return 0;
}

int main(int argc, char **argv);
int fork(void);
int waitpid(int pid, int *status, int options);

/* Each argument runs in a process of its own. That costs less than to start a program for each. */
int main(int argc, char **argv)
{
	int i, status;

	for (i = 1; i < argc; i++) {
		int pid = fork();

		if (pid == 0)
			return run_named(argv[i]);
		waitpid(pid, &status, 0);
		RECORD_PRINTK(KERN_INFO "done %s %d\n", argv[i], status);
	}
	return 0;
}
