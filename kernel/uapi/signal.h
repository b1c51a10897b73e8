/* SPDX-License-Identifier: MIT */
/* Signals. Linux counterpart: include/uapi/asm-generic/signal.h */
#pragma once

#define SIGHUP   1
#define SIGINT   2
#define SIGQUIT  3
#define SIGILL   4
#define SIGTRAP  5
#define SIGABRT  6
#define SIGBUS   7
#define SIGFPE   8
#define SIGKILL  9
#define SIGSEGV  11
#define SIGPIPE  13
#define SIGALRM  14
#define SIGTERM  15
#define SIGCHLD  17
#define SIGCONT  18
#define SIGSTOP  19
#define SIGTSTP  20
#define SIGTTIN  21
#define SIGTTOU  22
#define SIGURG   23
#define SIGWINCH 28

#define NSIG 64

/* What a signal does: its default action, or nothing. */
#define SIG_DFL 0UL
#define SIG_IGN 1UL

/* What rt_sigaction() takes and gives; flags, restorer and mask concern handlers. */
struct kernel_sigaction {
	unsigned long handler;
	unsigned long flags;
	unsigned long restorer;
	unsigned long mask[NSIG / (8 * sizeof(long))];
};
