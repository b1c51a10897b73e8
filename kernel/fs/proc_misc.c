/* SPDX-License-Identifier: MIT */
/*
 * /proc/version, cmdline, modules, partitions and uptime.
 *
 * Linux counterpart: fs/proc/{version,cmdline,uptime}.c, block/genhd.c
 */

#include <kernel/base/initcall.h>
#include <kernel/base/param.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/lib/math64.h>
#include <kernel/module/module.h>
#include <kernel/sched/sched.h>
#include <kernel/syscall/utsname.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timekeeping.h>

static void version_show(struct seq_buf *seq)
{
	seq_buf_puts(seq, UTS_BANNER "\n");
}

static void cmdline_show(struct seq_buf *seq)
{
	seq_buf_printf(seq, "%s\n", boot_command_line);
}

static void show_centiseconds(struct seq_buf *seq, u64 ns, char end)
{
	u32 rest;
	u64 seconds = div_u64_rem(ns, NSEC_PER_SEC, &rest);

	seq_buf_printf(seq, "%llu.%02u%c", seconds, (u32)(rest / (NSEC_PER_SEC / 100)), end);
}

/* Seconds since boot, and how many of them the idle task had. */
static void uptime_show(struct seq_buf *seq)
{
	show_centiseconds(seq, ktime_get(), ' ');
	show_centiseconds(seq, task_runtime(&init_task), '\n');
}

/* There is no disk. The file is there, as in Linux: busybox's fdisk crashes without it. */
static void partitions_show(struct seq_buf *seq)
{
}

static int __init proc_misc_init(void)
{
	int error = proc_create_single("version", version_show);

	error = error ?: proc_create_single("cmdline", cmdline_show);
	error = error ?: proc_create_single("modules", modules_show);
	error = error ?: proc_create_single("partitions", partitions_show);
	return error ?: proc_create_single("uptime", uptime_show);
}
fs_initcall(proc_misc_init);
