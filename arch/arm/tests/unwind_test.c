/* SPDX-License-Identifier: MIT */
/*
 * Backtraces by unwind tables: through frames of each kind that compilers make. A frame of some
 * hundred bytes needs a long step, a frame of a size known only at run time a register for sp. How
 * they cross an exception is tested from outside, by a crash in an interrupt. In the kernel only.
 */
#include <asm/stacktrace.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>

#define DEPTH 4

static struct {
	unsigned int depth;
	unsigned long pc[DEPTH];
} seen;

/* Changed by memory that no compiler knows, so that no call is a constant. */
static volatile unsigned int one = 1;

static noinline unsigned int look_back(const char *buffer)
{
	struct stackframe frame;

	frame_of_this(&frame);
	for (seen.depth = 0; seen.depth < DEPTH && unwind_frame(&frame); seen.depth++)
		seen.pc[seen.depth] = frame.pc - BEHIND;
	return one + buffer[0];
}

static noinline unsigned int with_small_frame(const char *buffer)
{
	return look_back(buffer) + one;
}

static noinline unsigned int with_large_frame(void)
{
	char buffer[1200];

	memset(buffer, one, sizeof(buffer));
	return with_small_frame(buffer) + buffer[one];
}

static noinline unsigned int with_frame_of_any_size(unsigned int size)
{
	char *buffer = __builtin_alloca(size);

	memset(buffer, one, size);
	return with_large_frame() + buffer[one];
}

static void expect_name(struct kunit *test, unsigned long pc, const char *name)
{
	char text[64];

	snprintf(text, sizeof(text), "%ps", (void *)pc);
	KUNIT_EXPECT_STREQ(test, text, name);
}

static void all_kinds_of_frames(struct kunit *test)
{
	static const char *const names[DEPTH] = {
		"with_small_frame",
		"with_large_frame",
		"with_frame_of_any_size",
		"all_kinds_of_frames",
	};
	unsigned int i;

	KUNIT_EXPECT_GT(test, with_frame_of_any_size(64 * one), 0);
	KUNIT_ASSERT_EQ(test, seen.depth, DEPTH);
	for (i = 0; i < DEPTH; i++)
		expect_name(test, seen.pc[i], names[i]);
}

/* A jump to nowhere: the caller is in lr. A stack that is not there ends the trace. */
static void broken_frames(struct kunit *test)
{
	struct stackframe frame = { .pc = BEHIND, .interrupted = true };

	frame.regs[14] = (unsigned long)with_large_frame + 8 * BEHIND;
	KUNIT_EXPECT_TRUE(test, unwind_frame(&frame));
	KUNIT_EXPECT_EQ(test, frame.pc, (unsigned long)with_large_frame + 8 * BEHIND);
	KUNIT_EXPECT_FALSE(test, unwind_frame(&frame)); /* sp is 0 */
	frame.pc = BEHIND;
	KUNIT_EXPECT_FALSE(test, unwind_frame(&frame)); /* no code, and no exception */
}

static const struct kunit_case cases[] = {
	KUNIT_CASE(all_kinds_of_frames),
	KUNIT_CASE(broken_frames),
	{},
};

static const struct kunit_suite unwind_suite = { .name = "unwind", .cases = cases };

kunit_test_suite(unwind_suite);
