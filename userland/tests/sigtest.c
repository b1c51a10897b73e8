/* SPDX-License-Identifier: MIT */
/*
 * Handlers of signals: prints a line for each answer that is not Linux's. It runs under emulation,
 * where Linux itself answers (test_userland.py), and in the booted system (test_system.py). With a
 * word it does instead what Linux's emulation should not be asked: a handler that writes the
 * kernel's mode into its frame (mode).
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../lib/syscall.h"
#include "registers.h"

#define BIT(sig) (1ULL << ((sig) - 1))

static int faults;

static void expect(int line, const char *what, long expected, long result)
{
	if (result == expected)
		return;
	printf("line %d: %s gives %ld, not %ld\n", line, what, result, expected);
	faults++;
}

#define GIVES(result, name, ...) \
	expect(__LINE__, #name, result, raw_system_call(name, ##__VA_ARGS__))
#define IS(result, value) expect(__LINE__, #value, result, value)

/* What the handler has seen. */
static volatile int calls, last_sig, last_code, last_pid;
static volatile uintptr_t last_addr, last_stack;
static volatile unsigned long long mask_inside;

static unsigned long long mask(void)
{
	unsigned long long set = 0;

	raw_system_call(rt_sigprocmask, SIG_BLOCK, NULL, &set, sizeof(set));
	return set;
}

/* The floating-point registers are the interrupted code's, and come back as they were. */
static void handler(int sig, struct siginfo *info, void *context)
{
	calls++;
	last_sig = sig;
	last_stack = (uintptr_t)&sig;
	mask_inside = mask();
	write_fp_registers(77, 1);
}

static void handler_with_info(int sig, struct siginfo *info, void *context)
{
	last_code = info->si_code;
	last_pid = info->si_pid;
	last_addr = info->si_addr;
	handler(sig, info, context);
}

static void set_handler(int sig, void (*function)(int, struct siginfo *, void *),
			unsigned long flags)
{
	struct kernel_sigaction action = { .handler = (unsigned long)function, .flags = flags };

	action.mask[0] = BIT(SIGTERM);
	GIVES(0, rt_sigaction, sig, &action, NULL, sizeof(action.mask));
}

static void test_calls(void)
{
	struct kernel_sigaction now;

	set_handler(SIGHUP, handler, 0);
	write_fp_registers(1000, 3);
	GIVES(0, kill, getpid(), SIGHUP);
	IS(0, wrong_fp_registers(1000, 3));
	IS(1, calls);
	IS(SIGHUP, last_sig);
	IS(true, mask_inside == (BIT(SIGHUP) | BIT(SIGTERM)));
	IS(true, mask() == 0);
	set_handler(SIGHUP, handler_with_info, SA_SIGINFO | SA_NODEFER | SA_RESETHAND);
	GIVES(0, kill, getpid(), SIGHUP);
	IS(2, calls);
	IS(SI_USER, last_code);
	IS(getpid(), last_pid);
	IS(true, mask_inside == BIT(SIGTERM));
	GIVES(0, rt_sigaction, SIGHUP, NULL, &now, sizeof(now.mask));
	IS(SIG_DFL, now.handler);
}

static void test_blocked(void)
{
	unsigned long long set = BIT(SIGHUP) | BIT(SIGKILL), pending = 0;

	calls = 0;
	set_handler(SIGHUP, handler, 0);
	GIVES(0, rt_sigprocmask, SIG_BLOCK, &set, NULL, sizeof(set));
	IS(true, mask() == BIT(SIGHUP));
	GIVES(0, kill, getpid(), SIGHUP);
	GIVES(0, kill, getpid(), SIGHUP);
	IS(0, calls);
	GIVES(0, rt_sigpending, &pending, sizeof(pending));
	IS(true, pending == BIT(SIGHUP));
	set = 0;
	GIVES(-EINTR, rt_sigsuspend, &set, sizeof(set));
	IS(1, calls);
	IS(true, mask() == BIT(SIGHUP));
	set = BIT(SIGHUP);
	GIVES(0, rt_sigprocmask, SIG_UNBLOCK, &set, NULL, sizeof(set));
	IS(1, calls);
	GIVES(-EINVAL, rt_sigprocmask, 3, &set, NULL, sizeof(set));
	GIVES(-EINVAL, rt_sigprocmask, SIG_BLOCK, &set, NULL, 4);
}

/* A child writes into the pipe 0.3 s later; the alarm comes after 0.1 s. */
static void read_with_alarm(unsigned long flags, long result)
{
	const struct timespec later = { .tv_nsec = 300000000 };
	const long alarm_in[4] = { 0, 0, 0, 100000 };
	int ends[2], status;
	char c = 0;
	pid_t pid;

	pipe(ends);
	set_handler(SIGALRM, handler, flags);
	calls = 0;
	pid = fork();
	if (!pid) {
		nanosleep(&later, NULL);
		write(ends[1], "x", 1);
		_exit(0);
	}
	GIVES(0, setitimer, 0, alarm_in, NULL);
	GIVES(result, read, ends[0], &c, 1);
	IS(1, calls);
	waitpid(pid, &status, 0);
	close(ends[0]);
	close(ends[1]);
}

static void test_interrupted_calls(void)
{
	const struct timespec long_time = { .tv_sec = 5 };
	const long alarm_in[4] = { 0, 0, 0, 100000 };
	struct timespec left = { 0 };

	read_with_alarm(SA_RESTART, 1);
	read_with_alarm(0, -EINTR);
	GIVES(0, setitimer, 0, alarm_in, NULL);
	GIVES(-EINTR, nanosleep, &long_time, &left);
	IS(4, left.tv_sec);
}

static void end_with_status(int sig, struct siginfo *info, void *context)
{
	_exit(info->si_addr == 0x10 && info->si_signo == SIGSEGV ? 42 : 1);
}

static void test_faults(void)
{
	static _Alignas(16) char stack[16384];
	const stack_t alternate = { .ss_sp = (unsigned long)stack, .ss_size = sizeof(stack) };
	volatile char *volatile unmapped = (char *)0x10;
	const stack_t tiny = { .ss_sp = (unsigned long)stack, .ss_size = 100 };
	int status = 0;
	pid_t pid = fork();

	if (!pid) {
		set_handler(SIGSEGV, end_with_status, SA_SIGINFO);
		*unmapped = 1;
	}
	waitpid(pid, &status, 0);
	IS(42 << 8, status);
	GIVES(-ENOMEM, sigaltstack, &tiny, NULL);
	GIVES(0, sigaltstack, &alternate, NULL);
	set_handler(SIGHUP, handler, SA_ONSTACK);
	GIVES(0, kill, getpid(), SIGHUP);
	IS(true, last_stack - (uintptr_t)stack < sizeof(stack));
	set_handler(SIGHUP, handler, 0);
	GIVES(0, kill, getpid(), SIGHUP);
	IS(false, last_stack - (uintptr_t)stack < sizeof(stack));
}

/* SIGCHLD says who ended; ignored, it leaves no zombie. */
static void test_children(void)
{
	int status = 0;
	pid_t pid;

	set_handler(SIGCHLD, handler_with_info, SA_SIGINFO | SA_RESTART);
	calls = 0;
	pid = fork();
	if (!pid)
		_exit(3);
	IS(pid, waitpid(pid, &status, 0));
	IS(3 << 8, status);
	IS(1, calls);
	IS(CLD_EXITED, last_code);
	IS(pid, last_pid);
	signal(SIGCHLD, SIG_IGN);
	pid = fork();
	if (!pid)
		_exit(3);
	GIVES(-ECHILD, wait4, pid, &status, 0, NULL);
}

/* Where the frame has the status register: behind the words that are the same for every handler. */
#define STATUS_OFFSET (sizeof(long) == 8 ? 176 + 272 : 20 + 76)

static void ask_for_the_kernels_mode(int sig, struct siginfo *info, void *context)
{
	*(unsigned long *)((char *)context + STATUS_OFFSET) |= sizeof(long) == 8 ? 5 : 0x13;
}

int main(int argc, char **argv)
{
	volatile char *volatile kernels = (char *)-4096L;

	if (argc > 1 && !strcmp(argv[1], "mode")) {
		set_handler(SIGHUP, ask_for_the_kernels_mode, SA_SIGINFO);
		kill(getpid(), SIGHUP);
		*kernels = 1; /* the kernel would be allowed, or lost */
	}
	test_calls();
	test_blocked();
	test_interrupted_calls();
	test_faults();
	test_children();
	return faults != 0;
}
