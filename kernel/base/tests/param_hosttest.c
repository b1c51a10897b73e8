/* SPDX-License-Identifier: MIT */
/*
 * The command line: which handler gets which text, what is reported, and what is left for init.
 * Host only, because the kernel's own command line was parsed before it runs tests. The table of
 * parameters is made here; its handlers write down how they were called.
 */
#include <kernel/base/kunit.h>
#include <kernel/base/param.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/tests/print_log.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>

/* --- Parameters --- */

static char calls_text[256];
static struct seq_buf calls;

static int note(const char *name, const char *value, int result)
{
	seq_buf_printf(&calls, "%s(%s) ", name, value);
	return result;
}

static int good(char *value)
{
	return note("good", value, 0);
}

static int bad(char *value)
{
	return note("bad", value, -EINVAL);
}

static int odd(char *value)
{
	return note("odd", value, 1);
}

static int second(char *value)
{
	return note("second", value, 0);
}

static const struct kernel_param params[] __used __section("kernel_params") = {
	{ "good", good },
	{ "bad", bad },
	{ "odd", odd },
	{ "good", second }, /* of two rows with one name the first is meant */
};

/* Parses line: are these the calls and these the messages? */
static void expect_parsed(struct kunit *test, const char *line, const char *wanted_calls,
			  const char *wanted_text)
{
	seq_buf_init(&calls, calls_text, sizeof(calls_text));
	init_command_line[0] = '\0';
	print_log_start();
	parse_early_param(line);
	KUNIT_EXPECT_STREQ(test, print_log_stop(), wanted_text);
	KUNIT_EXPECT_STREQ(test, calls_text, wanted_calls);
	KUNIT_EXPECT_EQ(test, strncmp(boot_command_line, line, COMMAND_LINE_SIZE - 1), 0);
}

/* --- Words and handlers --- */

static void each_word_reaches_its_handler(struct kunit *test)
{
	expect_parsed(test, "", "", "");
	expect_parsed(test, "  ", "", "");
	expect_parsed(test, "good", "good() ", "");
	expect_parsed(test, "good=", "good() ", "");
	expect_parsed(test, " good=1\tgood=2 \n", "good(1) good(2) ", "");
	expect_parsed(test, "good=a=b good==", "good(a=b) good(=) ", "");
	expect_parsed(test, "good=\"a b\" \"good=c  d\"e", "good(a b) good(c  de) ", "");
	expect_parsed(test, "good=\"no end", "good(no end) ", "");
}

/* A handler says with its result that it did not understand the value: any result but 0. */
static void a_refused_value_is_reported(struct kunit *test)
{
	expect_parsed(test, "bad=7", "bad(7) ",
		      "command line: bad=7: value not understood, ignored\n");
	expect_parsed(test, "odd", "odd() ", "command line: odd=: value not understood, ignored\n");
	/* Those behind it are handled all the same. */
	expect_parsed(test, "bad=\"a b\" good=1 odd=2 good=3", "bad(a b) good(1) odd(2) good(3) ",
		      "command line: bad=a b: value not understood, ignored\n"
		      "command line: odd=2: value not understood, ignored\n");
}

static void an_unknown_word_is_reported(struct kunit *test)
{
	expect_parsed(test, "nonsense good=1 x=y goo=2 good2 GOOD=3", "good(1) ",
		      "command line: unknown parameter \"nonsense\", ignored\n"
		      "command line: unknown parameter \"x\", ignored\n"
		      "command line: unknown parameter \"goo\", ignored\n"
		      "command line: unknown parameter \"good2\", ignored\n"
		      "command line: unknown parameter \"GOOD\", ignored\n");
	expect_parsed(test, "=1", "", "command line: unknown parameter \"\", ignored\n");
}

/* --- Init's share --- */

static void init_gets_what_follows(struct kunit *test)
{
	expect_parsed(test, "good=1 -- good=2  \"a b\" -- x ", "good(1) ", "");
	KUNIT_EXPECT_STREQ(test, init_command_line, "good=2  \"a b\" -- x ");
	expect_parsed(test, "--   -c \"x\"", "", "");
	KUNIT_EXPECT_STREQ(test, init_command_line, "-c \"x\"");
	expect_parsed(test, "good --", "good() ", "");
	KUNIT_EXPECT_STREQ(test, init_command_line, "");
	expect_parsed(test, "---", "", "command line: unknown parameter \"---\", ignored\n");
	expect_parsed(test, "- good=1", "good(1) ",
		      "command line: unknown parameter \"-\", ignored\n");
	KUNIT_EXPECT_STREQ(test, init_command_line, "");
}

/* --- Length --- */

static void a_long_line_is_cut(struct kunit *test)
{
	static char line[COMMAND_LINE_SIZE + 1];

	/* The longest that fits: blanks, then a word. */
	memset(line, ' ', COMMAND_LINE_SIZE - 1);
	memcpy(line + COMMAND_LINE_SIZE - 1 - 6, "good=1", 6);
	expect_parsed(test, line, "good(1) ", "");
	/* With one byte more, the line is parsed without it. */
	line[COMMAND_LINE_SIZE - 1] = '2';
	expect_parsed(test, line, "good(1) ", "command line: cut to 2047 bytes\n");
	KUNIT_EXPECT_EQ(test, strlen(boot_command_line), COMMAND_LINE_SIZE - 1);
}

/* --- A word by itself, as init uses it --- */

static void words_are_cut_off_in_place(struct kunit *test)
{
	char line[] = "  one \"two words\"\tth\"r\"ee  ";
	char *rest = line;

	KUNIT_EXPECT_STREQ(test, next_word(&rest), "one");
	KUNIT_EXPECT_STREQ(test, next_word(&rest), "two words");
	KUNIT_EXPECT_STREQ(test, next_word(&rest), "three");
	KUNIT_EXPECT_NULL(test, next_word(&rest));
	KUNIT_EXPECT_NULL(test, next_word(&rest));
	KUNIT_EXPECT_STREQ(test, line + 2, "one");
}

static const struct kunit_case param_cases[] = {
	KUNIT_CASE(each_word_reaches_its_handler),
	KUNIT_CASE(a_refused_value_is_reported),
	KUNIT_CASE(an_unknown_word_is_reported),
	KUNIT_CASE(init_gets_what_follows),
	KUNIT_CASE(a_long_line_is_cut),
	KUNIT_CASE(words_are_cut_off_in_place),
	{},
};

static const struct kunit_suite param_suite = {
	.name = "param",
	.cases = param_cases,
};
kunit_test_suite(param_suite);
