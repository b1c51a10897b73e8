/* SPDX-License-Identifier: MIT */
/*
 * Unit tests in the style of Linux's KUnit. A suite is a table of functions; suites are collected
 * by the linker; the runner prints KTAP. The same test source runs inside the kernel (command line
 * `selftest` or `selftest=GLOB`) and, where the tested code is generic, as a program on the host.
 *
 * EXPECT notes a failure and goes on; ASSERT notes it and returns from the test function.
 * EXPECT_WARNING marks a warning that a test provokes: any other one fails the case, in the kernel.
 *
 * Linux counterpart: include/kunit/test.h (there ASSERT aborts the test's thread).
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

struct kunit {
	const char *name;
	int failures;
	const char *skip_reason;
	unsigned int expected_warnings; /* how many there were */
	unsigned int warnings_before;   /* warnings_reported(), before the next one */
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
};

/* cases ends with an empty entry; init and exit, when there, run around each case. */
struct kunit_suite {
	const char *name;
	int (*init)(struct kunit *test);
	void (*exit)(struct kunit *test);
	const struct kunit_case *cases;
};

#define KUNIT_CASE(function) { .run_case = (function), .name = #function }

/* Puts a suite on the list of suites; at file scope. */
#define kunit_test_suite(suite)                                                        \
	static const struct kunit_suite *const __kunit_suite_##suite __used __section( \
		"kunit_suites") = &(suite)

/*
 * Set before kunit_run_all(): a case fails when it warns outside KUNIT_EXPECT_WARNING(). Host tests
 * count their warnings themselves.
 */
extern bool kunit_refuse_warnings;

/*
 * Runs the suites whose name matches glob (NULL: all) and prints KTAP.
 * Returns the number of failed cases, or -ENOENT when no suite matches. Process context.
 */
int kunit_run_all(const char *glob);

/* Notes a failure of test. Called by the macros below. */
void kunit_fail(struct kunit *test, const char *file, int line, const char *fmt, ...)
	__printf(4, 5);

/*
 * Tells the reader of the log where a warning that is provoked on purpose begins and ends, and
 * checks that there was one. Called by the macro below.
 */
void kunit_begin_warning(struct kunit *test, const char *statement);
void kunit_end_warning(struct kunit *test, const char *file, int line);

/* Ends the case as skipped, with the reason; return right after it. */
#define kunit_skip(test, reason) ((test)->skip_reason = (reason))

#define KUNIT_FAIL(test, fmt, ...) kunit_fail(test, __FILE__, __LINE__, fmt, ##__VA_ARGS__)

/* The bits of a pointer or of an integer of any width, for printing. */
#define __KUNIT_BITS(value)                                                      \
	({                                                                       \
		unsigned long long _bits = 0;                                    \
		__builtin_memcpy(&_bits, (const void *)&(value), sizeof(value)); \
		_bits;                                                           \
	})

#define __KUNIT_COMPARE(test, left, op, right, on_failure)                                         \
	do {                                                                                       \
		__typeof__(left) _left = (left);                                                   \
		__typeof__(right) _right = (right);                                                \
		if (!(_left op _right)) {                                                          \
			kunit_fail(test, __FILE__, __LINE__, "expected %s, got 0x%llx and 0x%llx", \
				   #left " " #op " " #right, __KUNIT_BITS(_left),                  \
				   __KUNIT_BITS(_right));                                          \
			on_failure;                                                                \
		}                                                                                  \
	} while (0)

#define __KUNIT_TRUTH(test, cond, wanted, on_failure)                           \
	do {                                                                    \
		bool _holds = (cond);                                           \
		if (_holds != (wanted)) {                                       \
			kunit_fail(test, __FILE__, __LINE__, "expected %s: %s", \
				   (wanted) ? "true" : "false", #cond);         \
			on_failure;                                             \
		}                                                               \
	} while (0)

#define __KUNIT_STRING(test, left, right, on_failure)                                       \
	do {                                                                                \
		const char *_left = (left), *_right = (right);                              \
		if (__builtin_strcmp(_left, _right) != 0) {                                 \
			kunit_fail(test, __FILE__, __LINE__, "expected \"%s\", got \"%s\"", \
				   _right, _left);                                          \
			on_failure;                                                         \
		}                                                                           \
	} while (0)

/* Runs the statement, which must warn exactly once. */
#define KUNIT_EXPECT_WARNING(test, statement)                \
	do {                                                 \
		kunit_begin_warning(test, #statement);       \
		statement;                                   \
		kunit_end_warning(test, __FILE__, __LINE__); \
	} while (0)

#define KUNIT_EXPECT_EQ(test, a, b)      __KUNIT_COMPARE(test, a, ==, b, )
#define KUNIT_EXPECT_NE(test, a, b)      __KUNIT_COMPARE(test, a, !=, b, )
#define KUNIT_EXPECT_LT(test, a, b)      __KUNIT_COMPARE(test, a, <, b, )
#define KUNIT_EXPECT_LE(test, a, b)      __KUNIT_COMPARE(test, a, <=, b, )
#define KUNIT_EXPECT_GT(test, a, b)      __KUNIT_COMPARE(test, a, >, b, )
#define KUNIT_EXPECT_GE(test, a, b)      __KUNIT_COMPARE(test, a, >=, b, )
#define KUNIT_EXPECT_TRUE(test, cond)    __KUNIT_TRUTH(test, cond, true, )
#define KUNIT_EXPECT_FALSE(test, cond)   __KUNIT_TRUTH(test, cond, false, )
#define KUNIT_EXPECT_NULL(test, ptr)     __KUNIT_TRUTH(test, (ptr) == NULL, true, )
#define KUNIT_EXPECT_NOT_NULL(test, ptr) __KUNIT_TRUTH(test, (ptr) != NULL, true, )
#define KUNIT_EXPECT_STREQ(test, a, b)   __KUNIT_STRING(test, a, b, )

#define KUNIT_ASSERT_EQ(test, a, b)      __KUNIT_COMPARE(test, a, ==, b, return)
#define KUNIT_ASSERT_NE(test, a, b)      __KUNIT_COMPARE(test, a, !=, b, return)
#define KUNIT_ASSERT_TRUE(test, cond)    __KUNIT_TRUTH(test, cond, true, return)
#define KUNIT_ASSERT_FALSE(test, cond)   __KUNIT_TRUTH(test, cond, false, return)
#define KUNIT_ASSERT_NOT_NULL(test, ptr) __KUNIT_TRUTH(test, (ptr) != NULL, true, return)
