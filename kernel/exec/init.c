/* SPDX-License-Identifier: MIT */
/*
 * From the last kernel function of pid 1 to the first instruction of user mode.
 *
 * Linux counterpart: init/main.c (run_init_process, console_on_rootfs)
 */

#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/exec/exec.h>
#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/fs/tty.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/sched/sched.h>

#define DEFAULT_INIT "/init"

static const char *const init_environment[] = { "HOME=/", "TERM=linux", "PATH=/bin:/sbin", NULL };

/* Descriptors 0, 1 and 2 of everything that follows. */
static int console_on_rootfs(void)
{
	struct file *console = filp_open("/dev/console", O_RDWR, 0);
	int fd, ret = 0;

	if (IS_ERR(console))
		return PTR_ERR(console);
	for (fd = 0; fd <= 2 && ret >= 0; fd++)
		ret = replace_fd(fd, console, 0);
	fput(console);
	return min(ret, 0);
}

int run_init(const char *path, const char *const *argv)
{
	const char *const default_argv[] = { path ? path : DEFAULT_INIT, NULL };
	int error;

	path = default_argv[0];
	current->files = alloc_files();
	current->pgrp = current->session = current->pid;
	current->umask = 022;
	if (!current->files || console_on_rootfs())
		pr_warn("Unable to open /dev/console: init has no input and no output\n");
	if (!tty_has_port())
		pr_warn("no driver has taken the console: programs can neither be seen nor typed "
			"to\n");
	pr_info("Run %s as init process\n", path);
	error = current->files ? kernel_execve(path, argv ? argv : default_argv, init_environment)
			       : -ENOMEM;
	if (error)
		panic("No working init found: %s gives error %d. Pass an initramfs that holds it "
		      "(-initrd), or name another program with rdinit=",
		      path, error);
	return 0;
}
