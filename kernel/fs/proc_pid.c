/* SPDX-License-Identifier: MIT */
/*
 * /proc itself, whose names are those of the tree and a number for each task.
 *
 * /proc/<pid> is a directory for each task, made when it is looked up and gone with its last user;
 * the tree of inodes never holds it. A file in it remembers the pid alone, so that a task's end
 * leaves nothing dangling: reading it then gives an empty text.
 *
 * Linux counterpart: fs/proc/base.c, fs/proc/array.c
 */

#include <kernel/base/initcall.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/fs/proc_maps.h>
#include <kernel/fs/tty.h>
#include <kernel/lib/err.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <kernel/sched/signal.h>
#include <kernel/time/jiffies.h>
#include <mm/address_space.h>

/*
 * A file of /proc/<pid> shows one task by one of two functions. tasklist_lock is held, so they do
 * not sleep. A symbolic link has i_op instead.
 */
struct pid_file {
	const char *name;
	void (*show)(struct seq_buf *seq, const struct task_struct *p);
	bool (*show_row)(struct seq_buf *seq, struct seq_pos *pos, const struct task_struct *p);
	const struct inode_operations *i_op;
};

/* What an inode below /proc/<pid> holds in i_private: both numbers in one word. */
#define PID_FILE(pid, index) ((void *)((unsigned long)(pid) * 16 + (index)))
#define PID_OF(private)      ((pid_t)((unsigned long)(private) / 16))
#define INDEX_OF(private)    ((unsigned long)(private) % 16)

#define TTY_DEVICE (5 << 8 | 1) /* /dev/console */

static u64 ns_to_clock_t(u64 ns)
{
	return div_u64(ns, NSEC_PER_SEC / USER_HZ);
}

static pid_t parent_pid(const struct task_struct *p)
{
	return p->pid ? p->parent->pid : 0;
}

/* The fields by Linux's number; those that have no meaning here are 0. */
static void stat_show(struct seq_buf *seq, const struct task_struct *p)
{
	unsigned long pages = p->mm ? p->mm->total_vm : 0, rss = p->mm ? get_mm_rss(p->mm) : 0;

	/*
	 * 1 pid, 2 comm, 3 state, 4 ppid, 5 pgrp, 6 session, 7 tty, 8 tpgid, 9 flags, 10-13 faults
	 */
	seq_buf_printf(seq, "%d (%s) %c %d %d %d %d %d 0 0 0 0 0", p->pid, p->comm,
		       task_state_letter(p), parent_pid(p), p->pgrp, p->session,
		       p->session ? TTY_DEVICE : 0, p->session ? tty_foreground() : -1);
	/* 14 utime, 15 stime (not told apart), 16-19, 20 threads, 21, 22 start, 23 vsize, 24 rss */
	seq_buf_printf(seq, " 0 %llu 0 0 20 0 1 0 %llu %lu %lu", ns_to_clock_t(task_runtime(p)),
		       ns_to_clock_t(p->start_time), pages * PAGE_SIZE, rss);
	/* 25-38 limits, addresses, signals; 39 the processor it runs on, or ran on last; 40-52 */
	seq_buf_printf(seq, " 0 0 0 0 0 0 0 0 0 0 0 0 0 0 %d 0 0 0 0 0 0 0 0 0 0 0 0 0\n", p->cpu);
}

/* Which signals wait, and what the task does with which; a bit a signal. */
static void signals_show(struct seq_buf *seq, const struct task_struct *p)
{
	u64 ignored, caught;

	signal_sets((struct task_struct *)p, &ignored, &caught);
	seq_buf_printf(seq, "Threads:\t1\nSigPnd:\t%016llx\nSigBlk:\t%016llx\n", p->pending,
		       p->blocked);
	seq_buf_printf(seq, "SigIgn:\t%016llx\nSigCgt:\t%016llx\n", ignored, caught);
}

static void status_show(struct seq_buf *seq, const struct task_struct *p)
{
	static const struct {
		char letter;
		const char *text;
	} states[] = {
		{ 'R', "running" },
		{ 'S', "sleeping" },
		{ 'D', "disk sleep" },
		{ 'Z', "zombie" },
	};
	char letter = task_state_letter(p);
	size_t i;

	seq_buf_printf(seq, "Name:\t%s\n", p->comm);
	for (i = 0; i < ARRAY_SIZE(states); i++)
		if (states[i].letter == letter)
			seq_buf_printf(seq, "State:\t%c (%s)\n", letter, states[i].text);
	seq_buf_printf(seq, "Tgid:\t%d\nPid:\t%d\nPPid:\t%d\n", p->pid, p->pid, parent_pid(p));
	seq_buf_puts(seq, "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n");
	if (p->mm)
		seq_buf_printf(seq, "VmSize:\t%8lu kB\nVmRSS:\t%8lu kB\n",
			       p->mm->total_vm * (PAGE_SIZE / 1024),
			       get_mm_rss(p->mm) * (PAGE_SIZE / 1024));
	signals_show(seq, p);
}

/* The strings of argv, each with its NUL; of a kernel thread nothing. */
static void cmdline_show(struct seq_buf *seq, const struct task_struct *p)
{
	char chunk[64];
	unsigned long addr;
	size_t n, i;

	if (!p->mm)
		return;
	for (addr = p->mm->arg_start; addr < p->mm->arg_end; addr += n) {
		n = access_remote_vm(p->mm, addr, chunk,
				     min_t(size_t, sizeof(chunk), p->mm->arg_end - addr), 0);
		if (!n)
			return;
		for (i = 0; i < n; i++)
			seq_buf_putc(seq, chunk[i]);
	}
}

static void comm_show(struct seq_buf *seq, const struct task_struct *p)
{
	seq_buf_printf(seq, "%s\n", p->comm);
}

/* exe: the program, also when its file has another name by now, or none. */
static struct inode *exe_get_link(struct inode *inode)
{
	struct inode *exe = NULL;
	struct task_struct *p;
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	p = find_task_by_pid(PID_OF(inode->i_private));
	if (p)
		exe = ihold(p->exe);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return exe ? exe : ERR_PTR(-ENOENT);
}

static int exe_readlink(const struct inode *inode, char *buf, size_t size)
{
	struct inode *exe = exe_get_link((struct inode *)inode);
	int len;

	if (IS_ERR(exe))
		return PTR_ERR(exe);
	len = vfs_getpath(exe, buf, size);
	iput(exe);
	return len < 0 ? len : len - 1; /* without the NUL */
}

static const struct inode_operations exe_inode_operations = {
	.readlink = exe_readlink,
	.get_link = exe_get_link,
};

static const struct pid_file pid_files[] = {
	{ "stat", .show = stat_show },     { "status", .show = status_show },
	{ "comm", .show = comm_show },     { "cmdline", .show = cmdline_show },
	{ "maps", .show_row = maps_show }, { "exe", .i_op = &exe_inode_operations },
};

/* --- files --- */

static bool show_task(const struct pid_file *file, struct seq_buf *seq, struct seq_pos *pos,
		      const struct task_struct *p)
{
	if (file->show_row)
		return file->show_row(seq, pos, p);
	if (!show_once(pos))
		return false;
	file->show(seq, p);
	return true;
}

static bool show_pid_file(struct seq_buf *seq, struct seq_pos *pos, void *arg)
{
	struct task_struct *p;
	unsigned long flags;
	bool shown = false;

	spin_lock_irqsave(&tasklist_lock, flags);
	p = find_task_by_pid(PID_OF(arg));
	if (p)
		shown = show_task(&pid_files[INDEX_OF(arg)], seq, pos, p);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return shown;
}

static int pid_file_open(struct inode *inode, struct file *file)
{
	return show_open(file, show_pid_file, inode->i_private);
}

static const struct file_operations pid_file_operations = {
	.read_iter = show_read_iter,
	.llseek = generic_file_llseek,
	.open = pid_file_open,
	.release = show_release,
};

/* --- the directory of one task --- */

static struct inode *new_pid_inode(struct inode *dir, const char *name, umode_t mode,
				   const struct inode_operations *i_op,
				   const struct file_operations *i_fop, void *private)
{
	struct inode *inode = new_inode(name, mode, i_op, i_fop, private);

	if (inode)
		d_set_parent(inode, dir);
	return inode;
}

static umode_t pid_file_mode(const struct pid_file *file)
{
	return file->i_op ? S_IFLNK | 0777 : S_IFREG | 0444;
}

static struct inode *pid_dir_lookup(struct inode *dir, const char *name)
{
	const struct pid_file *file;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(pid_files); i++) {
		file = &pid_files[i];
		if (!strcmp(name, file->name))
			return new_pid_inode(dir, name, pid_file_mode(file), file->i_op,
					     &pid_file_operations,
					     PID_FILE(PID_OF(dir->i_private), i));
	}
	return NULL;
}

static int pid_dir_readdir(struct file *file, struct dir_context *ctx)
{
	bool room = dir_emit_tree(file, ctx);
	const struct pid_file *next;

	while (room && ctx->pos < (loff_t)(2 + ARRAY_SIZE(pid_files))) {
		next = &pid_files[ctx->pos - 2];
		room = dir_emit(ctx, next->name, ctx->pos, pid_file_mode(next));
	}
	return 0;
}

static const struct inode_operations pid_dir_inode_operations = {
	.lookup = pid_dir_lookup,
};

static const struct file_operations pid_dir_operations = {
	.llseek = generic_file_llseek,
	.iterate_shared = pid_dir_readdir,
};

/* --- /proc itself --- */

static bool pid_exists(pid_t pid)
{
	unsigned long flags;
	bool exists;

	spin_lock_irqsave(&tasklist_lock, flags);
	exists = find_task_by_pid(pid);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return exists;
}

static struct inode *proc_root_lookup(struct inode *dir, const char *name)
{
	pid_t pid;

	if (!strcmp(name, "self"))
		pid = current->pid;
	else if (kstrtoint(name, 10, &pid) || pid <= 0 || !pid_exists(pid))
		return NULL;
	return new_pid_inode(dir, name, S_IFDIR | 0555, &pid_dir_inode_operations,
			     &pid_dir_operations, PID_FILE(pid, 0));
}

/* Positions from here on are pids: the tree's own names end long before. */
#define FIRST_PID_POS 0x10000

static pid_t next_pid(pid_t from)
{
	struct task_struct *p;
	unsigned long flags;
	pid_t pid;

	spin_lock_irqsave(&tasklist_lock, flags);
	p = next_task_by_pid(from);
	pid = p ? p->pid : 0;
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return pid;
}

static int proc_root_readdir(struct file *file, struct dir_context *ctx)
{
	char name[16];
	pid_t pid;

	if (ctx->pos < FIRST_PID_POS) {
		if (!dir_emit_tree(file, ctx))
			return 0;
		ctx->pos = FIRST_PID_POS + 1;
	}
	while ((pid = next_pid(ctx->pos - FIRST_PID_POS))) {
		ctx->pos = FIRST_PID_POS + pid;
		snprintf(name, sizeof(name), "%d", pid);
		if (!dir_emit(ctx, name, pid, S_IFDIR))
			return 0;
	}
	return 0;
}

static const struct inode_operations proc_root_inode_operations = {
	.lookup = proc_root_lookup,
};

static const struct file_operations proc_root_operations = {
	.llseek = generic_file_llseek,
	.iterate_shared = proc_root_readdir,
};

/* Before any file is made in it: files are made at fs_initcall. */
static int __init proc_root_init(void)
{
	return vfs_add("/proc", S_IFDIR | 0555, &proc_root_inode_operations, &proc_root_operations,
		       NULL);
}
core_initcall(proc_root_init);
