/* SPDX-License-Identifier: MIT */
/*
 * /proc/stat, loadavg and mounts: what ps, top and df ask before they look at single tasks. Times
 * are in ticks of USER_HZ. A processor's time is either idle or the programs': the kernel's share
 * is not told apart.
 *
 * Linux counterpart: fs/proc/{stat,loadavg}.c, fs/proc_namespace.c
 */

#include <kernel/base/initcall.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/smp.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/lib/math64.h>
#include <kernel/sched/loadavg.h>
#include <kernel/sched/sched.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timekeeping.h>

/* user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice */
static void show_cpu_times(struct seq_buf *seq, u64 busy, u64 idle)
{
	seq_buf_printf(seq, " %llu 0 0 %llu 0 0 0 0 0 0\n", div_u64(busy, NSEC_PER_SEC / USER_HZ),
		       div_u64(idle, NSEC_PER_SEC / USER_HZ));
}

static u64 busy_time(unsigned int cpu)
{
	u64 now = ktime_get(), idle = idle_runtime(cpu);

	return now > idle ? now - idle : 0;
}

static void stat_show(struct seq_buf *seq)
{
	u64 busy = 0, idle = 0;
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		busy += busy_time(cpu);
		idle += idle_runtime(cpu);
	}
	seq_buf_puts(seq, "cpu ");
	show_cpu_times(seq, busy, idle);
	for_each_online_cpu(cpu) {
		seq_buf_printf(seq, "cpu%u", cpu);
		show_cpu_times(seq, busy_time(cpu), idle_runtime(cpu));
	}
	seq_buf_printf(seq, "btime %lld\nprocesses %d\nprocs_running %u\nprocs_blocked 0\n",
		       (s64)div_u64(ktime_get_real() - ktime_get(), NSEC_PER_SEC), last_pid(),
		       nr_running());
}

static void loadavg_show(struct seq_buf *seq)
{
	int i;

	for (i = 0; i < 3; i++) {
		unsigned long load = avenrun[i] + FIXED_1 / 200; /* rounded */

		seq_buf_printf(seq, "%lu.%02lu ", load >> FSHIFT,
			       (load & (FIXED_1 - 1)) * 100 >> FSHIFT);
	}
	seq_buf_printf(seq, "%u/%u %d\n", nr_running(), nr_tasks(), last_pid());
}

static void mounts_show(struct seq_buf *seq)
{
	seq_buf_puts(seq, "rootfs / rootfs rw 0 0\nproc /proc proc rw 0 0\n");
}

static int __init proc_load_init(void)
{
	int error = proc_create_single("stat", stat_show);

	error = error ?: proc_create_single("loadavg", loadavg_show);
	return error ?: proc_create_single("mounts", mounts_show);
}
fs_initcall(proc_load_init);
