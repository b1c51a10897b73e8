/* SPDX-License-Identifier: MIT */
/*
 * What hostile arguments get: a program that makes system calls as no honest one would, and prints
 * a line for each answer that is not Linux's. It runs under emulation, where Linux itself answers
 * (test_userland.py), and in the booted system, where our kernel has to say the same
 * (test_system.py). It ends with status 1 if there was a fault.
 */
#include <errno.h>
#include <fcntl.h>
#include <kernel/uapi/poll.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "calltest.h"

static int faults;

void expect(int line, const char *call, long expected, long result)
{
	if (result == expected)
		return;
	printf("line %d: %s gives %ld, not %ld\n", line, call, result, expected);
	faults++;
}

/* A file, a directory, a pipe, and room for answers. */
int file, reader;
char buf[4096], long_name[4200];
static int directory, ends[2];

static void set_up(void)
{
	mkdir("calltest", 0777);
	file = open("calltest/file", O_RDWR | O_CREAT | O_TRUNC, 0777);
	write(file, "text\n", 5);
	reader = open("calltest/file", O_RDONLY);
	directory = open("calltest", O_RDONLY);
	pipe(ends);
	memset(long_name, 'n', sizeof(long_name) - 1);
}

static void clean_up(void)
{
	unlink("calltest/file");
	rmdir("calltest");
}

/* Nothing is mapped there for a program; the last is the kernel's on every machine. */
static const uintptr_t nowhere[] = { 0, 1, 0x1000, (uintptr_t)-4096 };

static void test_pointers(uintptr_t p)
{
	GIVES(-EFAULT, read, reader, p, 5);
	GIVES(-EFAULT, write, file, p, 5);
	GIVES(-EFAULT, write, ends[1], p, 5);
	GIVES(-EFAULT, openat, AT_FDCWD, p, O_RDONLY, 0);
	GIVES(-EFAULT, execve, p, NULL, NULL);
	GIVES(-EFAULT, chdir, p);
	GIVES(-EFAULT, mkdirat, AT_FDCWD, p, 0777);
	GIVES(-EFAULT, unlinkat, AT_FDCWD, p, 0);
	GIVES(-EFAULT, getdents64, directory, p, 1024);
	GIVES(-EFAULT, getcwd, p, sizeof(buf));
	GIVES(-EFAULT, statx, AT_FDCWD, p, 0, STATX_BASIC_STATS, buf);
	GIVES(-EFAULT, statx, AT_FDCWD, ".", 0, STATX_BASIC_STATS, p);
	GIVES(-EFAULT, pipe2, p, 0);
	GIVES(-EFAULT, clock_gettime, CLOCK_REALTIME, p);
	GIVES(-EFAULT, uname, p);
}

static void test_descriptors(void)
{
	static const int closed[] = { -1, 31, 1000, INT32_MAX, INT32_MIN };

	for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++) {
		GIVES(-EBADF, read, closed[i], buf, 1);
		GIVES(-EBADF, write, closed[i], buf, 1);
		GIVES(-EBADF, close, closed[i]);
		GIVES(-EBADF, lseek, closed[i], 0, SEEK_SET);
		GIVES(-EBADF, ioctl, closed[i], TCGETS, buf);
		GIVES(-EBADF, getdents64, closed[i], buf, 1024);
		GIVES(-EBADF, dup3, closed[i], 20, 0);
		GIVES(-EBADF, openat, closed[i], "file", O_RDONLY, 0);
		GIVES(-EBADF, statx, closed[i], "", AT_EMPTY_PATH, STATX_BASIC_STATS, buf);
	}
	GIVES(-EBADF, dup3, file, -1, 0);
	GIVES(-EINVAL, dup3, file, file, 0);
	GIVES(-EINVAL, dup3, file, 20, 1);
	GIVES(-EINVAL, pipe2, buf, 1);
	GIVES(-EBADF, write, reader, buf, 1);
	GIVES(-EBADF, read, ends[1], buf, 1);
	GIVES(-EBADF, write, directory, buf, 1);
	GIVES(-ENOTTY, ioctl, file, TCGETS, buf);
	GIVES(-ENOTDIR, getdents64, file, buf, 1024);
	GIVES(-ESPIPE, lseek, ends[0], 0, SEEK_SET);
	GIVES(-EINVAL, lseek, file, -1, SEEK_SET);
	GIVES(-EINVAL, lseek, file, 0, 99);
	GIVES(0, read, reader, buf, 0);
}

#ifdef __NR_fcntl64
#define FCNTL fcntl64
#else
#define FCNTL fcntl
#endif

/* The lowest free number that is not below the one asked for. */
static void test_duplicates(void)
{
	GIVES(20, FCNTL, file, F_DUPFD, 20);
	GIVES(21, FCNTL, file, F_DUPFD, 20);
	GIVES(22, FCNTL, file, F_DUPFD_CLOEXEC, 20);
	GIVES(0, FCNTL, 21, F_GETFD, 0);
	GIVES(1, FCNTL, 22, F_GETFD, 0);
	close(20);
	GIVES(20, FCNTL, file, F_DUPFD, 20);
	GIVES(-EINVAL, FCNTL, file, F_DUPFD, INT32_MAX);
	GIVES(-EBADF, FCNTL, 31, F_DUPFD, 0);
	for (int fd = 20; fd < 23; fd++)
		GIVES(0, close, fd);
}

/* The facts of a descriptor are those of what it stands for. */
static void test_facts(void)
{
	struct statx *facts = (struct statx *)buf;
	unsigned long long ino;

	GIVES(0, statx, AT_FDCWD, "calltest/file", 0, STATX_BASIC_STATS, facts);
	ino = facts->stx_ino;
	GIVES(0, statx, reader, "", AT_EMPTY_PATH, STATX_BASIC_STATS, facts);
	expect(__LINE__, "stx_ino", ino, facts->stx_ino);
	expect(__LINE__, "stx_size", 5, facts->stx_size);
	lseek(file, 100, SEEK_SET);
	GIVES(-EFAULT, write, file, nowhere[1], 5); /* behind the end, which stays */
	GIVES(0, statx, file, "", AT_EMPTY_PATH, STATX_BASIC_STATS, facts);
	expect(__LINE__, "stx_size", 5, facts->stx_size);
	GIVES(0, statx, ends[0], "", AT_EMPTY_PATH, STATX_BASIC_STATS, facts);
	expect(__LINE__, "stx_mode", S_IFIFO, facts->stx_mode & S_IFMT);
}

static void test_processes(void)
{
	struct __kernel_old_timespec durations[] = { { -1, 0 }, { 0, -1 }, { 0, 1000000000 } };

	for (size_t i = 0; i < sizeof(durations) / sizeof(durations[0]); i++)
		GIVES(-EINVAL, nanosleep, &durations[i], NULL);
	GIVES(-EINVAL, clock_gettime, 99, buf);
#ifdef __NR_clock_gettime64
	GIVES(-EINVAL, clock_gettime64, 99, buf);
	GIVES(-EFAULT, clock_gettime64, CLOCK_REALTIME, nowhere[1]);
#endif
	GIVES(0, kill, getpid(), 0);
	GIVES(-EINVAL, kill, getpid(), 99);
	GIVES(-EINVAL, kill, getpid(), -1);
	GIVES(-ESRCH, kill, INT32_MAX, SIGTERM);
	GIVES(-ECHILD, wait4, -1, NULL, 0, NULL);
	GIVES(-EINVAL, wait4, -1, NULL, 0x1000, NULL);
	expect(__LINE__, "call 9999", -ENOSYS, __syscall(9999, 0, 0, 0, 0, 0, 0));
	expect(__LINE__, "sbrk", -1, (intptr_t)sbrk(PTRDIFF_MAX));
}

/* Several buffers: the call is refused as a whole, and nothing has moved. */
static void test_vectors(void)
{
	struct {
		void *base;
		size_t length;
	} vector[] = { { buf, 1 }, { buf, (size_t)-1 } };

	lseek(reader, 0, SEEK_SET);
	GIVES(-EINVAL, writev, file, vector, 2);
	GIVES(-EINVAL, readv, reader, vector, 2);
	GIVES(-EFAULT, readv, reader, nowhere[1], 1);
	GIVES(-EINVAL, readv, reader, vector, 1025);
	GIVES(-EINVAL, readv, reader, vector, -1);
	GIVES(0, readv, reader, vector, 0);
	GIVES(-EBADF, readv, -1, vector, 1);
	GIVES(0, lseek, reader, 0, SEEK_CUR);
	GIVES(-EFAULT, read, reader, buf, -1);
	GIVES(-EFAULT, write, file, buf, -1);
}

/* A file is cut through a descriptor that can write. Nothing is sent to where no position is. */
static void test_cutting(void)
{
	int end = open("calltest/file", O_RDWR | O_APPEND);
#ifdef __NR_ftruncate
#define FTRUNCATE(fd, size) ftruncate, fd, size
#else
#define FTRUNCATE(fd, size) ftruncate64, fd, 0, size, size < 0 ? -1 : 0
#endif
	GIVES(-EINVAL, FTRUNCATE(reader, 1));
	GIVES(-EINVAL, FTRUNCATE(directory, 0));
	GIVES(-EINVAL, FTRUNCATE(ends[1], 0));
	GIVES(-EINVAL, FTRUNCATE(file, -1));
	GIVES(-EBADF, FTRUNCATE(-1, 0));
	GIVES(0, FTRUNCATE(file, 5));
	GIVES(-EINVAL, sendfile, end, reader, NULL, 1);
	GIVES(-EINVAL, sendfile, ends[1], reader, NULL, -1);
	GIVES(-EINVAL, sendfile, ends[1], directory, NULL, 1);
	close(end);
}

/* The signal that ends a child which waits for this time; its alarm comes after 0.1 s. */
static int ends_by(int clock, long long seconds)
{
	const struct __kernel_old_timespec until = { .tv_sec = seconds, .tv_nsec = 999999999 };
	const long alarm_in[4] = { 0, 0, 0, 100000 };
	int status = 0;
	pid_t child = fork();

	if (!child) {
		raw_system_call(setitimer, 0, alarm_in, NULL);
		raw_system_call(clock_nanosleep, clock, TIMER_ABSTIME, &until, NULL);
		_exit(0);
	}
	waitpid(child, &status, 0);
	return status & 0x7f;
}

static void test_waits(void)
{
	static const struct __kernel_old_timespec wrong[] = { { -1, 0 },
							      { 0, -1 },
							      { 0, 1000000000 } };
	static const uint32_t word = 5;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		GIVES(-EINVAL, futex, &word, 0, 5, &wrong[i]);
		GIVES(-EINVAL, ppoll, NULL, 0, &wrong[i], NULL, 8);
		GIVES(-EINVAL, pselect6, 0, NULL, NULL, NULL, &wrong[i], NULL);
		GIVES(-EINVAL, clock_nanosleep, CLOCK_MONOTONIC, 0, &wrong[i], NULL);
	}
	GIVES(-EINVAL, futex, (const char *)&word + 1, 0, 5, NULL);
	GIVES(0, pselect6, 0, nowhere[1], nowhere[1], NULL, &(struct __kernel_old_timespec){},
	      NULL);
	/* The end of time is far away, and has not been. */
	expect(__LINE__, "a long wait", SIGALRM, ends_by(CLOCK_MONOTONIC, LONG_MAX / 2));
	expect(__LINE__, "a long wait", SIGALRM, ends_by(CLOCK_REALTIME, LONG_MAX));
}

/* Which of two ends of a pipe is ready; and a number that is not open is never waited for. */
static void test_ready(void)
{
	struct pollfd fds[] = { { ends[0], POLLIN, 0 },
				{ ends[1], POLLOUT, 0 },
				{ 31, POLLIN, 0 } };
	struct __kernel_old_timespec at_once = {}; /* written, with what is left of it */

	GIVES(2, ppoll, fds, 3, &at_once, NULL, 8);
	expect(__LINE__, "an empty pipe", 0, fds[0].revents);
	expect(__LINE__, "room", POLLOUT, fds[1].revents);
	expect(__LINE__, "a closed one", POLLNVAL, fds[2].revents);
	write(ends[1], "x", 1);
	GIVES(1, ppoll, fds, 1, NULL, NULL, 8);
	expect(__LINE__, "a byte", POLLIN, fds[0].revents);
	GIVES(1, read, ends[0], buf, 1);
	GIVES(-EFAULT, ppoll, nowhere[1], 1, &at_once, NULL, 8);
}

/* What no bit, number or time stands for. */
static void test_meanings(void)
{
	static const struct __kernel_old_timespec times[2][2] = {
		{ { 1, 2000000000 }, { 1, 0 } },
		{ { 1, 0 }, { 1, -1 } },
	};

	GIVES(-EINVAL, utimensat, AT_FDCWD, "calltest/file", times[0], 0);
	GIVES(-EINVAL, utimensat, AT_FDCWD, "calltest/file", times[1], 0);
	GIVES(-EINVAL, faccessat, AT_FDCWD, "calltest/file", 8);
	GIVES(0, faccessat, AT_FDCWD, "calltest/file", R_OK | W_OK | X_OK);
	GIVES(-EINVAL, fchownat, AT_FDCWD, "calltest/file", 0, 0, 0x8000);
	GIVES(-EINVAL, getrandom, buf, 1, 0xff);
	GIVES(-EINVAL, getrusage, 99, buf);
	GIVES(-EINVAL, sched_getaffinity, 0, sizeof(long) + 1, buf);
	GIVES(-ESRCH, sched_getaffinity, INT32_MAX, sizeof(long), buf);
}

/* Signals that end nothing, and one that is ignored: the process is still there. */
static void test_signals(void)
{
	static const int harmless[] = { SIGCHLD, SIGCONT, SIGURG, SIGWINCH };
	const struct kernel_sigaction ignore = { .handler = SIG_IGN };
	struct kernel_sigaction old;
	const size_t size = sizeof(ignore.mask);

	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		GIVES(0, kill, getpid(), harmless[i]);
	GIVES(0, rt_sigaction, SIGINT, NULL, &old, size);
	expect(__LINE__, "SIGINT", SIG_DFL, old.handler);
	GIVES(0, rt_sigaction, SIGINT, &ignore, &old, size);
	expect(__LINE__, "SIGINT", SIG_DFL, old.handler);
	GIVES(0, rt_sigaction, SIGINT, NULL, &old, size);
	expect(__LINE__, "SIGINT", SIG_IGN, old.handler);
	GIVES(0, kill, getpid(), SIGINT);
	expect(__LINE__, "SIGINT", SIG_IGN, signal(SIGINT, SIG_DFL));
	GIVES(-EINVAL, rt_sigaction, SIGKILL, &ignore, NULL, size);
	GIVES(-EINVAL, rt_sigaction, SIGSTOP, &ignore, NULL, size);
	GIVES(-EINVAL, rt_sigaction, 0, NULL, &old, size);
	GIVES(-EINVAL, rt_sigaction, 65, NULL, &old, size);
	GIVES(-EINVAL, rt_sigaction, SIGINT, NULL, &old, 4);
	GIVES(-EFAULT, rt_sigaction, SIGINT, nowhere[1], NULL, size);
	GIVES(-EFAULT, rt_sigaction, SIGINT, NULL, nowhere[1], size);
}

/* A generated file gives the same text in pieces of any size, and from any place. */
static void test_pieces(void)
{
	int fd = open("/proc/version", O_RDONLY);
	char whole[256], piece[256];
	ssize_t length = read(fd, whole, sizeof(whole));

	for (ssize_t size = 1; size < 20; size++) {
		ssize_t n = 0, bytes;

		lseek(fd, 0, SEEK_SET);
		while ((bytes = read(fd, piece + n, size)) > 0)
			n += bytes;
		expect(__LINE__, "read", length, n);
		expect(__LINE__, "memcmp", 0, memcmp(whole, piece, length));
	}
	GIVES(length - 1, lseek, fd, -1, SEEK_CUR);
	GIVES(1, read, fd, piece, sizeof(piece));
	GIVES(length + 1, lseek, fd, length + 1, SEEK_SET);
	GIVES(0, read, fd, piece, sizeof(piece));
	close(fd);
}

int main(void)
{
	set_up();
	for (size_t i = 0; i < sizeof(nowhere) / sizeof(nowhere[0]); i++)
		test_pointers(nowhere[i]);
	test_descriptors();
	test_duplicates();
	test_facts();
	test_processes();
	test_signals();
	test_vectors();
	test_cutting();
	test_waits();
	test_ready();
	test_meanings();
	test_pieces();
	test_paths(); /* closes the file */
	clean_up();
	return faults != 0;
}
