/* SPDX-License-Identifier: MIT */
/*
 * vmstorm, on the bench: all processors map and unmap at once, and after each round everything is
 * checked.
 *
 * A round is half a second long. In it a thread for each processor makes and frees memory
 * (storm_work.c). At the end all is freed, and what is in use must be what was in use at the start.
 * vmcheck runs the checker once.
 *
 * So that several processors are in one round together, the threads wait for each other at its
 * start. iolab_mutex is held: no other command of the bench is under way.
 */
#include <asm/processor.h>
#include <kernel/base/printk.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/smp.h>
#include <kernel/iolab/iolab.h>
#include <kernel/iolab/storm.h>
#include <kernel/lib/err.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/time/jiffies.h>
#include <mm/check.h>
#include <mm/gfp.h>
#include <mm/vmalloc.h>

#define ROUND_TICKS  (HZ / 2)
#define MAX_SECONDS  3600
#define SETTLE_TRIES 40 /* threads that have ended are freed by their processors, later */

static struct {
	struct storm_worker *workers;
	unsigned int threads, started, ended;
	unsigned long round_end; /* jiffies */
} storm;

/* --- A round --- */

/* Each has a processor to itself once all have started: none gives its own up before. */
static void wait_for_the_others(void)
{
	__atomic_fetch_add(&storm.started, 1, __ATOMIC_ACQ_REL);
	while (__atomic_load_n(&storm.started, __ATOMIC_ACQUIRE) < storm.threads &&
	       time_before(jiffies, storm.round_end))
		cpu_relax();
}

static int storm_thread(void *data)
{
	struct storm_worker *worker = data;

	wait_for_the_others();
	while (time_before(jiffies, storm.round_end) && !READ_ONCE(storm_error)) {
		storm_step(worker);
		cond_resched();
	}
	__atomic_fetch_add(&storm.ended, 1, __ATOMIC_RELEASE);
	return 0;
}

/* Runs the threads once, and checks. Returns false when something is wrong, with check filled. */
static bool run_round(struct mm_check *check)
{
	unsigned int i, begun = 0;

	storm.started = 0;
	storm.ended = 0;
	storm.round_end = jiffies + ROUND_TICKS;
	for (i = 0; i < storm.threads; i++)
		begun += !IS_ERR(kthread_run(storm_thread, &storm.workers[i], "storm/%u", i));
	while (__atomic_load_n(&storm.ended, __ATOMIC_ACQUIRE) < begun)
		msleep(10); /* asleep, because they need this processor, too */
	if (begun < storm.threads)
		storm_note_error("no memory for a thread");
	msleep(50); /* the last one has its own stack freed meanwhile */
	*check = mm_check();
	mm_check_fail(check, storm_error, 0);
	return !check->error;
}

/* --- The command --- */

/* What is not as before, or NULL. */
static const char *find_leftovers(const struct mm_census *before)
{
	const char *error = NULL;
	unsigned int i;

	for (i = 0; i < SETTLE_TRIES; i++) {
		struct mm_census now = mm_take_census();

		error = mm_compare_census(before, &now);
		if (!error)
			break;
		msleep(50);
	}
	return error;
}

static void report_failure(const struct mm_check *check, const char *leftovers, unsigned int rounds,
			   struct seq_buf *answer)
{
	seq_buf_printf(answer, "failed: round %u: %s", rounds, check->error ?: leftovers);
	if (check->addr)
		seq_buf_printf(answer, ": 0x%lx", check->addr);
	if (!check->error) /* each program has a stack from vmalloc, and pages */
		seq_buf_puts(answer, ", or another program has begun or ended: let it run alone");
}

static void report(unsigned int rounds, struct seq_buf *answer)
{
	unsigned long made = 0;
	unsigned int i;

	for (i = 0; i < storm.threads; i++)
		made += storm.workers[i].made;
	seq_buf_printf(answer, "vmstorm: %u processors, %u rounds, ", storm.threads, rounds);
	seq_buf_printf(answer, "%lu areas made and freed; every rule holds", made);
}

/* Rounds for so many seconds, or until one fails, or a signal says that it is enough. */
static void run_storm(unsigned int seconds, struct seq_buf *answer)
{
	struct mm_census before = mm_take_census();
	unsigned long end = jiffies + seconds * HZ;
	struct mm_check check = { NULL };
	unsigned int rounds = 0, i;
	const char *leftovers;

	do {
		rounds++;
		if (!run_round(&check))
			break;
		if (rounds % 10 == 0)
			pr_info("vmstorm: %u rounds\n", rounds);
	} while (time_before(jiffies, end) && !signal_pending(current));
	for (i = 0; i < storm.threads; i++)
		storm_free_slots(&storm.workers[i]);
	mm_check_fail(&check, storm_error, 0);
	leftovers = find_leftovers(&before);
	if (check.error || leftovers)
		report_failure(&check, leftovers, rounds, answer);
	else
		report(rounds, answer);
}

static bool begin_storm(u32 seed)
{
	unsigned int i;

	storm.threads = num_online_cpus();
	storm_error = NULL;
	storm_page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	storm.workers = vzalloc(storm.threads * sizeof(*storm.workers));
	for (i = 0; storm.workers && i < storm.threads; i++)
		storm.workers[i].random = (seed + i) * 2654435761u | 1;
	return storm.workers && storm_page;
}

static void end_storm(void)
{
	vfree(storm.workers);
	if (storm_page)
		__free_page(storm_page);
}

void cmd_vmstorm(struct iolab_session *session, unsigned int argc, char *argv[],
		 struct seq_buf *answer)
{
	u64 seconds, seed;

	if (!iolab_parse_number(argv[0], ~0U, &seconds, answer) ||
	    !iolab_parse_number(argv[1], ~0U, &seed, answer))
		return;
	if (!seconds || seconds > MAX_SECONDS) {
		seq_buf_printf(answer, "failed: SECONDS is 1 to %u", MAX_SECONDS);
		return;
	}
	if (begin_storm(seed))
		run_storm(seconds, answer);
	else
		seq_buf_puts(answer, "failed: no memory for the threads' lists");
	end_storm();
}

void cmd_vmcheck(struct iolab_session *session, unsigned int argc, char *argv[],
		 struct seq_buf *answer)
{
	struct mm_check check = mm_check();

	if (check.error)
		seq_buf_printf(answer, "failed: %s: 0x%lx", check.error, check.addr);
	else
		seq_buf_puts(answer, "vmcheck: every rule holds");
}
