/* SPDX-License-Identifier: MIT */
/*
 * Crashes on demand, so that each report can be seen and tested: write one of the names below to
 * /sys/kernel/debug/provoke-crash/DIRECT. Reading the file lists them.
 *
 * Linux counterpart: drivers/misc/lkdtm/ (CONFIG_LKDTM)
 */
#include <kernel/base/initcall.h>
#include <kernel/base/panic.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/fs/uio.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

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
};

static void crashtypes_show(struct seq_buf *seq, void *unused)
{
	unsigned int i;

	seq_buf_puts(seq, "Available crash types:\n");
	for (i = 0; i < ARRAY_SIZE(crashtypes); i++)
		seq_buf_printf(seq, "%s\n", crashtypes[i].name);
}

static int direct_open(struct inode *inode, struct file *file)
{
	return show_open(file, crashtypes_show, NULL);
}

static ssize_t direct_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	char name[32];
	size_t size = min(from->count, sizeof(name) - 1);
	unsigned int i;

	if (copy_from_iter(name, size, from) != size)
		return -EFAULT;
	name[size] = '\0';
	name[strcspn(name, "\n")] = '\0';
	for (i = 0; i < ARRAY_SIZE(crashtypes); i++) {
		if (strcmp(name, crashtypes[i].name))
			continue;
		crashtypes[i].provoke();
		return size;
	}
	return -EINVAL;
}

static const struct file_operations direct_fops = {
	.open = direct_open,
	.release = show_release,
	.read_iter = show_read_iter,
	.write_iter = direct_write_iter,
};

static int __init lkdtm_init(void)
{
	return proc_create_ops("/sys/kernel/debug/provoke-crash/DIRECT", 0644, &direct_fops);
}
module_init(lkdtm_init);
