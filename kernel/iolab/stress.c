/* SPDX-License-Identifier: MIT */
/*
 * vmstress, on the bench: takes the words apart, walks through the scenarios of mm/vmstress.h, and
 * counts. A line in the log before each scenario, and one every second while it runs, show that
 * the machine is alive; a signal ends it.
 *
 * It runs without iolab_mutex, so that several can run at once, each on a processor of its own. On
 * one processor other tasks run only between scenarios: what they allocate would look like a leak.
 * On several they run anyway, and what is left behind is not counted.
 */

#include <kernel/base/clock.h>
#include <kernel/base/printk.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/smp.h>
#include <kernel/iolab/iolab.h>
#include <kernel/sched/mutex.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/time/jiffies.h>
#include <mm/vmstress.h>

#define MAX_LOOPS 1000000

struct stress_request {
	u64 test;
	u64 loops;
	u64 seed;
};

static bool parse_request(char *argv[], struct stress_request *want, struct seq_buf *answer)
{
	if (!iolab_parse_number(argv[0], ~0U, &want->test, answer) ||
	    !iolab_parse_number(argv[1], ~0U, &want->loops, answer) ||
	    !iolab_parse_number(argv[2], ~0U, &want->seed, answer))
		return false;
	if (!want->test || want->test & ~(u64)vmstress_all())
		seq_buf_printf(answer, "failed: TEST is a sum of 1, 2, 4, ... 128: 1 to %u",
			       vmstress_all());
	else if (!want->loops || want->loops > MAX_LOOPS)
		seq_buf_printf(answer, "failed: LOOPS is 1 to %u", MAX_LOOPS);
	else
		return true;
	return false;
}

/* All steps of a scenario; false when one fails, or a signal says that it is enough. */
static bool take_steps(struct vmstress *run, unsigned int loops)
{
	u64 next = sched_clock() + NSEC_PER_SEC;
	unsigned int i;

	for (i = 0; i < loops; i++) {
		if (!vmstress_step(run))
			return false;
		if (!run->alone)
			cond_resched();
		if (signal_pending(current)) {
			run->error = "stopped by a signal";
			return false;
		}
		if (sched_clock() >= next) {
			pr_info("vmstress: %s, %u of %u\n", run->scenario->name, i + 1, loops);
			next = sched_clock() + NSEC_PER_SEC;
		}
	}
	return true;
}

static bool run_scenario(const struct vmstress_scenario *scenario,
			 const struct stress_request *want, struct seq_buf *answer)
{
	struct vmstress run;

	pr_info("vmstress: %s\n", scenario->name);
	if (vmstress_begin(&run, scenario, num_online_cpus() == 1, want->seed))
		take_steps(&run, want->loops);
	if (vmstress_end(&run))
		return true;
	seq_buf_printf(answer, "failed: %s: %s\n", scenario->name, run.error);
	return false;
}

void cmd_vmstress(struct iolab_session *session, unsigned int argc, char *argv[],
		  struct seq_buf *answer)
{
	const struct vmstress_scenario *scenario;
	unsigned int count[2] = { 0, 0 }; /* failed, passed */
	struct stress_request want;

	if (!parse_request(argv, &want, answer))
		return;
	mutex_unlock(&iolab_mutex);
	for (scenario = vmstress_scenarios; scenario->name; scenario++) {
		if (!(want.test & scenario->bit))
			continue;
		count[run_scenario(scenario, &want, answer)]++;
		cond_resched();
	}
	mutex_lock(&iolab_mutex);
	seq_buf_printf(answer, "vmstress: %u passed, %u failed", count[1], count[0]);
}
