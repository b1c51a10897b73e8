/* SPDX-License-Identifier: MIT */
/* Tasks: they run, sleep, wait for each other, and leave nothing behind. In the kernel only. */

#include <kernel/base/clock.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/err.h>
#include <kernel/sched/mutex.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/time/jiffies.h>
#include <mm/gfp.h>
#include <mm/slab.h>

static DECLARE_WAIT_QUEUE_HEAD(done_wait);
static int threads_done;

static int count_and_end(void *unused)
{
	__atomic_fetch_add(&threads_done, 1, __ATOMIC_RELEASE); /* several may end at once */
	wake_up(&done_wait);
	return 0;
}

static void run_threads(struct kunit *test, int count)
{
	struct task_struct *p;
	int i;

	threads_done = 0;
	for (i = 0; i < count; i++) {
		p = kthread_run(count_and_end, NULL, "kunit/%d", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	}
	wait_event(done_wait, threads_done == count);
	/* The last ones still have to be switched away from, and freed by what comes next. */
	msleep(50);
}

/*
 * Pages that are free, or kept for the next thread by caches and tables. How many these keep
 * depends on how many threads lived at once, and so on the other processors.
 */
static unsigned long spare_pages(void)
{
	return nr_free_pages() + slab_nr_pages() + pgtable_nr_pages();
}

/* Waits until what other processors free has been freed, for two seconds at most. */
static unsigned long settled_pages(unsigned long wanted)
{
	unsigned int i;

	for (i = 0; i < 40 && spare_pages() != wanted; i++)
		msleep(50);
	return spare_pages();
}

static void threads_leave_no_page(struct kunit *test)
{
	unsigned long before;

	run_threads(test, 20); /* tables and caches that grow once have grown */
	msleep(500);
	before = spare_pages();
	run_threads(test, 20);
	KUNIT_EXPECT_EQ(test, settled_pages(before), before);
}

static void msleep_sleeps(struct kunit *test)
{
	unsigned long start = jiffies;

	msleep(50);
	KUNIT_EXPECT_GE(test, jiffies - start, 50ul * HZ / 1000);
}

static bool never;

static void wait_event_times_out(struct kunit *test)
{
	DECLARE_WAIT_QUEUE_HEAD(wait);
	unsigned long start = jiffies;
	long left;

	left = wait_event_timeout(wait, never, 3);
	KUNIT_EXPECT_EQ(test, left, 0);
	KUNIT_EXPECT_GE(test, jiffies - start, 3ul);
	left = wait_event_timeout(wait, !never, 3);
	KUNIT_EXPECT_GE(test, left, 1);
}

static DEFINE_MUTEX(shared_mutex);
static int inside, most_inside;

static int enter_slowly(void *unused)
{
	int i;

	for (i = 0; i < 3; i++) {
		mutex_lock(&shared_mutex);
		if (++inside > most_inside)
			most_inside = inside;
		msleep(1);
		inside--;
		mutex_unlock(&shared_mutex);
	}
	return count_and_end(NULL);
}

static void mutex_excludes(struct kunit *test)
{
	int i;

	threads_done = 0;
	for (i = 0; i < 3; i++)
		kthread_run(enter_slowly, NULL, "kunit/%d", i);
	wait_event(done_wait, threads_done == 3);
	KUNIT_EXPECT_EQ(test, most_inside, 1);
	KUNIT_EXPECT_TRUE(test, mutex_trylock(&shared_mutex));
	KUNIT_EXPECT_FALSE(test, mutex_trylock(&shared_mutex));
	mutex_unlock(&shared_mutex);
}

static void kill_refusals(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, kill_pid(32767, SIGKILL), -ESRCH);
	KUNIT_EXPECT_EQ(test, kill_pid(current->pid, NSIG + 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, kill_pid(current->pid, -1), -EINVAL);
	KUNIT_EXPECT_EQ(test, kill_pid(current->pid, SIGSTOP), -EINVAL);
	KUNIT_EXPECT_EQ(test, kill_pid(current->pid, SIGCHLD), 0);
	KUNIT_EXPECT_EQ(test, kill_pid(current->pid, SIGCONT), 0);
	KUNIT_EXPECT_EQ(test, kill_pid(current->pid, 0), 0);
	KUNIT_EXPECT_EQ(test, kill_pid(current->pid, SIGKILL), 0);
	KUNIT_EXPECT_FALSE(test, signal_pending(current)); /* a kernel thread, or task 1 */
}

static pid_t take_pid(void)
{
	unsigned long flags;
	pid_t pid;

	spin_lock_irqsave(&tasklist_lock, flags);
	pid = alloc_pid();
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return pid;
}

static void give_pid_back(pid_t pid)
{
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	free_pid(pid);
	spin_unlock_irqrestore(&tasklist_lock, flags);
}

/* Every number is given out once; then a refusal comes at once, because no tick does meanwhile. */
static void pids_run_out_in_time(struct kunit *test)
{
	u8 *ours = kzalloc(PID_MAX, GFP_KERNEL);
	int i, count = 0, twice = 0;
	u64 start, longest = 0;
	pid_t pid;

	KUNIT_ASSERT_NOT_NULL(test, ours);
	while ((pid = take_pid()) > 0) {
		twice += ours[pid]++;
		count++;
	}
	KUNIT_EXPECT_EQ(test, pid, -EAGAIN);
	KUNIT_EXPECT_EQ(test, twice, 0);
	KUNIT_EXPECT_GT(test, count, PID_MAX - 100);
	for (i = 0; i < 10; i++) {
		start = sched_clock();
		KUNIT_EXPECT_EQ(test, take_pid(), -EAGAIN);
		longest = max(longest, sched_clock() - start);
	}
	KUNIT_EXPECT_LT(test, longest, 10000000u);
	give_pid_back(12345);
	KUNIT_EXPECT_EQ(test, take_pid(), 12345);
	for (pid = 0; pid < PID_MAX; pid++)
		if (ours[pid])
			give_pid_back(pid);
	kfree(ours);
}

/* A number that has just become free is not the next one. */
static void pids_are_not_reused_soon(struct kunit *test)
{
	pid_t first = take_pid(), second;

	give_pid_back(first);
	second = take_pid();
	KUNIT_EXPECT_NE(test, first, second);
	give_pid_back(second);
}

static const struct kunit_case sched_cases[] = {
	KUNIT_CASE(threads_leave_no_page),
	KUNIT_CASE(msleep_sleeps),
	KUNIT_CASE(wait_event_times_out),
	KUNIT_CASE(mutex_excludes),
	KUNIT_CASE(kill_refusals),
	KUNIT_CASE(pids_run_out_in_time),
	KUNIT_CASE(pids_are_not_reused_soon),
	{},
};

static const struct kunit_suite sched_suite = {
	.name = "sched",
	.cases = sched_cases,
};
kunit_test_suite(sched_suite);
