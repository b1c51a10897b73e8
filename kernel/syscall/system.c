/* SPDX-License-Identifier: MIT */
/*
 * System calls about the machine as a whole.
 *
 * Linux counterpart: kernel/sys.c, kernel/reboot.c, kernel/printk/printk.c (do_syslog)
 */

#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/reboot.h>
#include <kernel/sched/sched.h>
#include <kernel/syscall/syscall.h>
#include <kernel/syscall/utsname.h>
#include <kernel/uapi/reboot.h>
#include <kernel/uapi/syslog.h>
#include <kernel/uapi/utsname.h>
#include <kernel/time/timekeeping.h>
#include <mm/gfp.h>
#include <mm/uaccess.h>
#include <mm/vmalloc.h>

/* --- uname --- */

SYSCALL_DEFINE1(uname, struct utsname __user *, user)
{
	static const struct utsname uts = {
		.sysname = UTS_SYSNAME,
		.nodename = UTS_NODENAME,
		.release = UTS_RELEASE,
		.version = UTS_VERSION,
		.machine = UTS_MACHINE,
		.domainname = "(none)",
	};

	return copy_to_user(user, &uts, sizeof(uts)) ? -EFAULT : 0;
}

/* --- syslog --- */

static long syslog_read_all(char __user *user, size_t size)
{
	char *text;
	long len;

	size = min(size, printk_read_log(NULL, 0));
	if (!size)
		return 0;
	text = vmalloc(size);
	if (!text)
		return -ENOMEM;
	len = printk_read_log(text, size);
	if (copy_to_user(user, text, len))
		len = -EFAULT;
	vfree(text);
	return len;
}

SYSCALL_DEFINE3(syslog, int, type, char __user *, buf, int, len)
{
	switch (type) {
	case SYSLOG_ACTION_READ_ALL:
		return buf && len >= 0 ? syslog_read_all(buf, len) : -EINVAL;
	case SYSLOG_ACTION_SIZE_BUFFER:
		return printk_read_log(NULL, 0);
	default:
		return -EINVAL;
	}
}

/* --- reboot --- */

SYSCALL_DEFINE4(reboot, u32, magic1, u32, magic2, u32, cmd, void __user *, arg)
{
	if (magic1 != LINUX_REBOOT_MAGIC1 || magic2 != LINUX_REBOOT_MAGIC2)
		return -EINVAL;
	switch (cmd) {
	case LINUX_REBOOT_CMD_RESTART:
		kernel_restart();
	case LINUX_REBOOT_CMD_POWER_OFF:
		kernel_power_off();
	default:
		return -EINVAL;
	}
}

/* --- memory and time at a glance --- */

struct sysinfo {
	long uptime;
	unsigned long loads[3];
	unsigned long totalram, freeram, sharedram, bufferram, totalswap, freeswap;
	unsigned short procs, pad;
	unsigned long totalhigh, freehigh;
	unsigned int mem_unit;
	char padding[20 - 2 * sizeof(long) - sizeof(int)];
};

SYSCALL_DEFINE1(sysinfo, struct sysinfo __user *, user)
{
	struct sysinfo info = {
		.totalram = totalram_pages(),
		.freeram = nr_free_pages(),
		.mem_unit = PAGE_SIZE,
	};
	struct timespec64 now;

	ktime_get_ts64(&now);
	info.uptime = now.tv_sec;
	info.procs = nr_tasks();
	return copy_to_user(user, &info, sizeof(info)) ? -EFAULT : 0;
}

/* Files are in memory: there is nothing to write back. */
SYSCALL_DEFINE0(sync)
{
	return 0;
}
