/* SPDX-License-Identifier: MIT */
/* The running clock, tick and timers. In the kernel only. */

#include <asm/processor.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/time/clocksource.h>
#include <kernel/time/time.h>

static void clock_goes_forward(struct kunit *test)
{
	ktime_t last = ktime_get(), now;
	int i;

	for (i = 0; i < 10000; i++, last = now) {
		now = ktime_get();
		KUNIT_ASSERT_TRUE(test, now >= last);
	}
}

/* Never too short. How much too long it is, is the host's affair. */
static void delay_is_long_enough(struct kunit *test)
{
	ktime_t start = ktime_get(), took;

	udelay(500);
	took = ktime_get() - start;
	KUNIT_EXPECT_TRUE(test, took >= 500 * NSEC_PER_USEC);
}

/* Until a tick has been counted: right after one, none is overdue. */
static unsigned long wait_for_tick(void)
{
	unsigned long last = jiffies;

	while (jiffies == last)
		cpu_relax();
	return jiffies;
}

/*
 * Ticks and the clock agree to one tick. The host may stop us between any two lines, so the clock
 * is read on both sides of each tick: inside for the least that may have passed, outside for the
 * most.
 */
static void tick_keeps_pace(struct kunit *test)
{
	ktime_t outer = ktime_get(), inner;
	unsigned long first = wait_for_tick(), ticks;

	inner = ktime_get();
	mdelay(100);
	inner = ktime_get() - inner;
	ticks = wait_for_tick() - first;
	outer = ktime_get() - outer;
	KUNIT_EXPECT_GE(test, ticks + 1, DIV_ROUND_UP((unsigned long)inner, TICK_NSEC));
	KUNIT_EXPECT_LE(test, ticks, DIV_ROUND_UP((unsigned long)outer, TICK_NSEC) + 1);
}

static void conversions_round_up(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(0), 0UL);
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(1), 1UL);
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(10), 1UL);
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(11), 2UL);
	KUNIT_EXPECT_TRUE(test, time_after(0UL, ~0UL));
}

static void mult_and_shift_are_exact(struct kunit *test)
{
	static const u32 rates[] = { 1000000, 19200000, 24000000, 62500000, 1000000000 };
	unsigned int i;
	u32 mult, shift;

	for (i = 0; i < ARRAY_SIZE(rates); i++) {
		u64 span, error;

		clocks_calc_mult_shift(&mult, &shift, rates[i], NSEC_PER_SEC, 600);
		span = clocksource_cyc2ns(600ULL * rates[i], mult, shift);
		error = span > 600ULL * NSEC_PER_SEC ? span - 600ULL * NSEC_PER_SEC
						     : 600ULL * NSEC_PER_SEC - span;
		KUNIT_EXPECT_TRUE(test, error < 600000);
	}
}

static struct {
	struct timer_list timer;
	unsigned long at;
	int order;
} timers[3];
static int fired;

static void timer_fires(struct timer_list *timer)
{
	int i;

	for (i = 0; i < 3; i++) {
		if (timer != &timers[i].timer)
			continue;
		timers[i].at = jiffies;
		WRITE_ONCE(timers[i].order, ++fired);
	}
}

static void arm(int i, unsigned long expires)
{
	timer_setup(&timers[i].timer, timer_fires, 0);
	timers[i].order = 0;
	mod_timer(&timers[i].timer, expires);
}

/* No tick comes while they are armed: none of them fires before the last one is. */
static void timers_fire_in_order(struct kunit *test)
{
	unsigned long start, flags;

	local_irq_save(flags);
	start = jiffies;
	fired = 0;
	arm(0, start + 4);
	arm(1, start + 2);
	arm(2, start + 3);
	KUNIT_EXPECT_TRUE(test, timer_pending(&timers[2].timer));
	KUNIT_EXPECT_EQ(test, del_timer(&timers[2].timer), 1);
	KUNIT_EXPECT_EQ(test, del_timer(&timers[2].timer), 0);
	local_irq_restore(flags);
	while (!READ_ONCE(timers[0].order) && time_before(jiffies, start + HZ))
		cpu_relax();
	KUNIT_EXPECT_EQ(test, timers[1].order, 1);
	KUNIT_EXPECT_EQ(test, timers[0].order, 2);
	KUNIT_EXPECT_EQ(test, timers[2].order, 0);
	KUNIT_EXPECT_TRUE(test, time_after_eq(timers[0].at, start + 4));
	KUNIT_EXPECT_FALSE(test, timer_pending(&timers[0].timer));
	KUNIT_EXPECT_EQ(test, del_timer_sync(&timers[0].timer), 0);
}

static void wall_clock_can_be_set(struct kunit *test)
{
	struct timespec64 before, after, wanted = { .tv_sec = 1000000000, .tv_nsec = 5 };
	struct timespec64 bad = { .tv_sec = 1, .tv_nsec = NSEC_PER_SEC };
	ktime_t start = ktime_get();
	time64_t late;

	ktime_get_real_ts64(&before);
	KUNIT_EXPECT_EQ(test, do_settimeofday64(&bad), -EINVAL);
	KUNIT_EXPECT_EQ(test, do_settimeofday64(&wanted), 0);
	ktime_get_real_ts64(&after);
	late = after.tv_sec - wanted.tv_sec;
	KUNIT_EXPECT_TRUE(test, late >= 0 && late < 2);
	KUNIT_EXPECT_TRUE(test, ktime_get() - start < 2 * (ktime_t)NSEC_PER_SEC);
	do_settimeofday64(&before);
}

static const struct kunit_case time_cases[] = {
	KUNIT_CASE(clock_goes_forward),       KUNIT_CASE(delay_is_long_enough),
	KUNIT_CASE(tick_keeps_pace),          KUNIT_CASE(conversions_round_up),
	KUNIT_CASE(mult_and_shift_are_exact), KUNIT_CASE(timers_fire_in_order),
	KUNIT_CASE(wall_clock_can_be_set),    {}
};

static const struct kunit_suite time_suite = { .name = "time", .cases = time_cases };
kunit_test_suite(time_suite);
