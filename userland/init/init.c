/* SPDX-License-Identifier: MIT */
/*
 * init: the first program, process 1. The kernel has mounted /proc, /sys and /dev, and has opened
 * the console as descriptors 0, 1 and 2, which every other process inherits from here.
 *
 * It loads the modules of devices, greets, keeps a shell running, and collects the status of
 * processes whose parents have ended: the kernel makes them children of process 1. It must never
 * end, or the kernel panics.
 */
#include "coldplug.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static const char welcome[] =
	"\n"
	"Welcome to Mercator.\n"
	"  Type first:  vmallocinfo        what the kernel has mapped, and who asked\n"
	"  Then:        help               lists all commands\n"
	"  Leave QEMU:  poweroff           or press Ctrl-A x\n"
	"\n";

static pid_t start_shell(void)
{
	static char *const argv[] = { "/bin/sh", NULL };
	/* ENV: what busybox's shell reads first, where that is /bin/sh. */
	static char *const envp[] = { "PATH=/bin", "HOME=/", "ENV=/etc/shrc", NULL };
	pid_t pid = fork();

	if (pid)
		return pid;
	execve(argv[0], argv, envp);
	warn("%s", argv[0]);
	_exit(127);
}

/* Memory is short. What ends is collected, because it may be what gives memory back. */
static void wait_for_memory(void)
{
	static unsigned int seconds = 1;

	warn("fork; trying again in %u s", seconds);
	sleep(seconds);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	if (seconds < 16)
		seconds *= 2;
}

/* Waits for the shell, and meanwhile for every orphan. Returns the shell's status word. */
static int wait_for(pid_t shell)
{
	int status = 0;
	pid_t pid;

	do
		pid = waitpid(-1, &status, 0);
	while (pid != shell && (pid > 0 || errno == EINTR));
	return status;
}

static void report(int status)
{
	if (WIFSIGNALED(status))
		printf("init: the shell was killed by signal %d; starting another\n",
		       WTERMSIG(status));
	else
		printf("init: the shell ended with status %d; starting another\n",
		       WEXITSTATUS(status));
	fflush(stdout);
}

int main(void)
{
	coldplug();
	fputs(welcome, stdout);
	fflush(stdout);
	for (;;) {
		pid_t shell = start_shell();

		if (shell < 0) {
			wait_for_memory();
			continue;
		}
		report(wait_for(shell));
		/* A shell that ends at once, again and again, must not fill the console. */
		sleep(1);
	}
}
