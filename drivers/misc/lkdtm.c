/* SPDX-License-Identifier: MIT */
/*
 * Crashes on demand, so that each report can be seen and tested: write one of the names below to
 * /sys/kernel/debug/provoke-crash/DIRECT. Written to INT_HARDWARE_ENTRY beside it, the crash comes
 * from an interrupt a moment later. Reading either file lists the names.
 *
 * Linux counterpart: drivers/misc/lkdtm/ (CONFIG_LKDTM)
 */
#include <kernel/base/initcall.h>
#include <kernel/base/panic.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/spinlock.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/fs/uio.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/sched/sched.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timer.h>

#define MOMENT      (HZ / 4) /* the program that asked for it has ended by then */
#define FRAME_BYTES 512
#define FRAMES      1000000 /* more than any stack holds */

static volatile int recursion_result;

static noinline int recurse(int depth)
{
	volatile char frame[FRAME_BYTES];

	frame[0] = depth;
	return depth ? recurse(depth - 1) + frame[0] : 0;
}

static void provoke_panic(void)
{
	panic("dumptest");
}

static void provoke_bug(void)
{
	BUG();
}

static void provoke_warning(void)
{
	WARN_ON(true);
}

static void provoke_exception(void)
{
	*(volatile int *)NULL = 0;
}

static void provoke_exhaust_stack(void)
{
	recursion_result = recurse(FRAMES);
}

static void provoke_write_ro(void)
{
	*(volatile char *)_text = 0;
}

static void provoke_exec_data(void)
{
	((void (*)(void))(unsigned long)&recursion_result)();
}

/* --- What a kernel with DEBUG_LOCKS=1 finds. Any other does the same, and may hang. --- */

static DEFINE_SPINLOCK(lock_one);
static DEFINE_SPINLOCK(lock_two);

static void provoke_spinlockup(void)
{
	spin_lock(&lock_one);
	spin_lock(&lock_one);
}

/* Each way once is enough: no other processor need come in between. */
static void provoke_lock_order(void)
{
	spin_lock(&lock_one);
	spin_lock(&lock_two);
	spin_unlock(&lock_two);
	spin_unlock(&lock_one);
	spin_lock(&lock_two);
	spin_lock(&lock_one);
	spin_unlock(&lock_one);
	spin_unlock(&lock_two);
}

static void provoke_lock_sleep(void)
{
	spin_lock(&lock_one);
	schedule();
	spin_unlock(&lock_one);
}

static const struct crashtype {
	const char *name;
	void (*provoke)(void);
} crashtypes[] = {
	{ "PANIC", provoke_panic },
	{ "BUG", provoke_bug },
	{ "WARNING", provoke_warning },
	{ "EXCEPTION", provoke_exception },
	{ "EXHAUST_STACK", provoke_exhaust_stack },
	{ "WRITE_RO", provoke_write_ro },
	{ "EXEC_DATA", provoke_exec_data },
	{ "SPINLOCKUP", provoke_spinlockup },
	{ "LOCK_ORDER", provoke_lock_order },
	{ "LOCK_SLEEP", provoke_lock_sleep },
};

static bool crashtypes_show(struct seq_buf *seq, struct seq_pos *pos, void *unused)
{
	unsigned int i;

	if (!show_once(pos))
		return false;
	seq_buf_puts(seq, "Available crash types:\n");
	for (i = 0; i < ARRAY_SIZE(crashtypes); i++)
		seq_buf_printf(seq, "%s\n", crashtypes[i].name);
	return true;
}

static int crashtypes_open(struct inode *inode, struct file *file)
{
	return show_open(file, crashtypes_show, NULL);
}

/* NULL when no type has this name. */
static const struct crashtype *find_crashtype(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(crashtypes); i++)
		if (!strcmp(name, crashtypes[i].name))
			return &crashtypes[i];
	return NULL;
}

/* Runs the crash type whose name is written. */
static ssize_t write_name(struct iov_iter *from, void (*run)(const struct crashtype *type))
{
	char name[32];
	size_t size = min(from->count, sizeof(name) - 1);
	const struct crashtype *type;

	if (copy_from_iter(name, size, from) != size)
		return -EFAULT;
	name[size] = '\0';
	name[strcspn(name, "\n")] = '\0';
	type = find_crashtype(name);
	if (!type)
		return -EINVAL;
	run(type);
	return size;
}

static void run_now(const struct crashtype *type)
{
	type->provoke();
}

static ssize_t direct_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	return write_name(from, run_now);
}

static const struct crashtype *armed; /* what the timer is going to run */
static struct timer_list timer;

static void timer_expired(struct timer_list *unused)
{
	armed->provoke();
}

static void run_in_interrupt(const struct crashtype *type)
{
	armed = type;
	mod_timer(&timer, jiffies + MOMENT);
}

static ssize_t interrupt_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	return write_name(from, run_in_interrupt);
}

static const struct file_operations direct_fops = {
	.open = crashtypes_open,
	.release = show_release,
	.read_iter = show_read_iter,
	.write_iter = direct_write_iter,
};

static const struct file_operations interrupt_fops = {
	.open = crashtypes_open,
	.release = show_release,
	.read_iter = show_read_iter,
	.write_iter = interrupt_write_iter,
};

static int __init lkdtm_init(void)
{
	int error;

	timer_setup(&timer, timer_expired, 0);
	error = proc_create_ops("/sys/kernel/debug/provoke-crash/DIRECT", 0644, &direct_fops);
	return error
		       ?: proc_create_ops("/sys/kernel/debug/provoke-crash/INT_HARDWARE_ENTRY",
					  0644, &interrupt_fops);
}
module_init(lkdtm_init);
