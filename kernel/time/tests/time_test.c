/* SPDX-License-Identifier: MIT */
/* The running clock, tick and timers. In the kernel only. */

#include <asm/processor.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/time/clocksource.h>
#include <kernel/time/tick.h>
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

static struct {
	struct timer_list timer;
	unsigned int ticks;
	ktime_t earliest; /* behind the time for which the tick was programmed */
} punctual;

static void note_tick(struct timer_list *timer)
{
	punctual.earliest = min(punctual.earliest, ktime_get() - tick_due());
	WRITE_ONCE(punctual.ticks, punctual.ticks + 1);
	if (punctual.ticks < 5)
		mod_timer(timer, jiffies + 1);
}

/* The time of a tick becomes a value of the counter, rounded up. */
static void ticks_do_not_come_early(struct kunit *test)
{
	punctual.ticks = 0;
	punctual.earliest = NSEC_PER_SEC;
	timer_setup(&punctual.timer, note_tick, 0);
	mod_timer(&punctual.timer, jiffies + 1);
	while (READ_ONCE(punctual.ticks) < 5)
		cpu_relax();
	KUNIT_EXPECT_GE(test, punctual.earliest, 0);
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

#define CROWD 200

static struct timer_list crowd[CROWD], later[6];
static unsigned int nr_run;
static bool in_order;

/* In the order of (i * 7) % 10; those of one jiffy in the order in which they were armed. */
static void crowd_fires(struct timer_list *timer)
{
	static unsigned int last;
	unsigned int i = timer - crowd, place = (i * 7 % 10 * 2 + i % 3 / 2) * CROWD + i;

	in_order = in_order && (!nr_run || place > last);
	last = place;
	WRITE_ONCE(nr_run, nr_run + 1);
}

/* A third of them are disarmed, another third armed again, for the same time. */
static void a_crowd_of_timers_fires_in_order(struct kunit *test)
{
	unsigned long start = jiffies + 2;
	unsigned int i;

	nr_run = 0;
	in_order = true;
	for (i = 0; i < CROWD; i++) {
		timer_setup(&crowd[i], crowd_fires, 0);
		mod_timer(&crowd[i], start + (i % 3 ? i * 7 % 10 : i % 5));
	}
	for (i = 0; i < ARRAY_SIZE(later); i++) { /* none of them comes before its time */
		timer_setup(&later[i], crowd_fires, 0);
		mod_timer(&later[i], start + (16 << i));
	}
	for (i = 0; i < CROWD; i += 3)
		KUNIT_EXPECT_EQ(test, del_timer(&crowd[i]), 1);
	for (i = 1; i < CROWD; i += 3)
		KUNIT_EXPECT_EQ(test, del_timer(&crowd[i]), 1);
	for (i = 1; i < CROWD; i += 3)
		KUNIT_EXPECT_EQ(test, mod_timer(&crowd[i], start + i * 7 % 10), 0);
	for (i = 2; i < CROWD; i += 3)
		KUNIT_EXPECT_EQ(test, mod_timer(&crowd[i], start + i * 7 % 10), 1);
	while (READ_ONCE(nr_run) < CROWD / 3 * 2 && time_before(jiffies, start + HZ))
		cpu_relax();
	KUNIT_EXPECT_EQ(test, nr_run, CROWD - (CROWD + 2) / 3);
	KUNIT_EXPECT_TRUE(test, in_order);
	for (i = 0; i < CROWD; i++)
		KUNIT_EXPECT_FALSE(test, timer_pending(&crowd[i]));
	for (i = 0; i < ARRAY_SIZE(later); i++)
		KUNIT_EXPECT_EQ(test, del_timer(&later[i]), 1);
}

static const struct kunit_case time_cases[] = {
	KUNIT_CASE(clock_goes_forward),    KUNIT_CASE(delay_is_long_enough),
	KUNIT_CASE(tick_keeps_pace),       KUNIT_CASE(ticks_do_not_come_early),
	KUNIT_CASE(conversions_round_up),  KUNIT_CASE(mult_and_shift_are_exact),
	KUNIT_CASE(timers_fire_in_order),  KUNIT_CASE(a_crowd_of_timers_fires_in_order),
	KUNIT_CASE(wall_clock_can_be_set), {}
};

static const struct kunit_suite time_suite = { .name = "time", .cases = time_cases };
kunit_test_suite(time_suite);
