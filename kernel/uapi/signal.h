/* SPDX-License-Identifier: MIT */
/*
 * Signals. Linux counterpart: include/uapi/asm-generic/{signal,siginfo}.h
 */
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

/* What a signal does: its default action, nothing, or it calls a handler. */
#define SIG_DFL 0UL
#define SIG_IGN 1UL

/* sa_flags: how a handler is called. */
#define SA_NOCLDWAIT 0x2        /* of SIGCHLD: children leave no zombies */
#define SA_SIGINFO   0x4        /* with three arguments */
#define SA_RESTORER  0x04000000 /* it returns to the program's own restorer */
#define SA_ONSTACK   0x08000000 /* on the stack that sigaltstack() named */
#define SA_RESTART   0x10000000 /* an interrupted call starts again */
#define SA_NODEFER   0x40000000 /* the signal itself is not blocked meanwhile */
#define SA_RESETHAND 0x80000000 /* once only */

/* What rt_sigaction() takes and gives. */
struct kernel_sigaction {
	unsigned long handler;
	unsigned long flags;
	unsigned long restorer;
	unsigned long mask[NSIG / (8 * sizeof(long))];
};

/* rt_sigprocmask() */
#define SIG_BLOCK   0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

/* sigaltstack() */
#define SS_ONSTACK 1
#define SS_DISABLE 2

#define MINSIGSTKSZ 2048

typedef struct {
	unsigned long ss_sp;
	int ss_flags;
	unsigned long ss_size;
} stack_t;

/* What a handler with SA_SIGINFO gets: who or what caused the signal. */
struct siginfo {
	int si_signo;
	int si_errno;
	int si_code;
	union {
		struct {
			int si_pid;
			unsigned int si_uid;
			int si_status; /* of SIGCHLD */
		};
		unsigned long si_addr; /* of a fault */
		unsigned char size[sizeof(long) == 8 ? 112 : 116];
	};
};

_Static_assert(sizeof(struct siginfo) == 128,
	       "struct siginfo is part of the system-call interface");

/* si_code */
#define SI_USER     0   /* kill() */
#define SI_KERNEL   128 /* the terminal, a timer */
#define SI_TKILL    (-6)
#define ILL_ILLOPC  1
#define SEGV_MAPERR 1
#define SEGV_ACCERR 2
#define BUS_ADRALN  1
#define BUS_ADRERR  2
#define TRAP_BRKPT  1
#define CLD_EXITED  1
#define CLD_KILLED  2
