/* SPDX-License-Identifier: MIT */
/*
 * What hostile arguments get: a program that makes system calls as no honest one would, and prints
 * a line for each answer that is not Linux's. It runs under emulation, where Linux itself answers
 * (test_userland.py), and in the booted system, where our kernel has to say the same
 * (test_system.py). It ends with status 1 if there was a fault.
 */
#include <errno.h>
#include <fcntl.h>
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

#include "../lib/syscall.h"

static int faults;

static void expect(int line, const char *call, long expected, long result)
{
	if (result == expected)
		return;
	printf("line %d: %s gives %ld, not %ld\n", line, call, result, expected);
	faults++;
}

#define GIVES(result, name, ...) \
	expect(__LINE__, #name, result, raw_system_call(name, ##__VA_ARGS__))

/* A file, a directory, a pipe, and room for answers. */
static int file, reader, directory, ends[2];
static char buf[4096];
static char long_name[4200];

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

static void test_paths(void)
{
	GIVES(-ENOENT, openat, AT_FDCWD, "", O_RDONLY, 0);
	GIVES(-ENOENT, openat, AT_FDCWD, "calltest/none", O_RDONLY, 0);
	GIVES(-ENOENT, openat, AT_FDCWD, "calltest/none/x", O_RDWR | O_CREAT, 0777);
	GIVES(-ENOTDIR, openat, AT_FDCWD, "calltest/file/x", O_RDONLY, 0);
	GIVES(-ENOTDIR, openat, AT_FDCWD, "calltest/file", O_DIRECTORY, 0);
	GIVES(-EEXIST, openat, AT_FDCWD, "calltest/file", O_CREAT | O_EXCL, 0);
	GIVES(-EISDIR, openat, AT_FDCWD, "calltest", O_WRONLY, 0);
	GIVES(-ENAMETOOLONG, openat, AT_FDCWD, long_name, O_RDONLY, 0);
	GIVES(-ENAMETOOLONG, mkdirat, AT_FDCWD, long_name + sizeof(long_name) - 257, 0777);
	GIVES(-EEXIST, mkdirat, AT_FDCWD, "calltest/file", 0777);
	GIVES(-EEXIST, mkdirat, AT_FDCWD, "/", 0777);
	GIVES(-EISDIR, unlinkat, AT_FDCWD, "calltest", 0);
	GIVES(-EINVAL, unlinkat, AT_FDCWD, "calltest", 1);
	GIVES(-ENOTEMPTY, unlinkat, AT_FDCWD, "calltest", AT_REMOVEDIR);
	GIVES(-ENOTDIR, unlinkat, AT_FDCWD, "calltest/file", AT_REMOVEDIR);
	GIVES(-EINVAL, unlinkat, AT_FDCWD, "calltest/.", AT_REMOVEDIR);
	GIVES(-ENOTDIR, chdir, "calltest/file");
	GIVES(-ERANGE, getcwd, buf, 1);
	GIVES(-ENOENT, statx, AT_FDCWD, "", 0, STATX_BASIC_STATS, buf);
	GIVES(-EINVAL, statx, AT_FDCWD, ".", 0x40000000, STATX_BASIC_STATS, buf);
	GIVES(0, statx, AT_FDCWD, "", AT_EMPTY_PATH, STATX_BASIC_STATS, buf);
	GIVES(-ENOENT, execve, "calltest/none", NULL, NULL);
	GIVES(-EACCES, execve, "calltest", NULL, NULL);
	close(file); /* a program that is open for writing cannot be run */
	GIVES(-ENOEXEC, execve, "calltest/file", NULL, NULL);
}

/* The bit that no call knows. */
#define UNKNOWN 0x40000000

#ifdef __NR_newfstatat
#define __NR_stat_at __NR_newfstatat
#else
#define __NR_stat_at __NR_fstatat64
#endif

/* Each call that has flags refuses the ones that it does not know, and those that contradict. */
static void test_flags(void)
{
	static const struct __kernel_old_timespec times[][2] = { { { 0, -1 }, { 0, 0 } },
								 { { 0, 0 }, { 0, 1000000000 } } };

	GIVES(-EINVAL, linkat, AT_FDCWD, "calltest/file", AT_FDCWD, "calltest/new", UNKNOWN);
	GIVES(-EINVAL, linkat, AT_FDCWD, "calltest/file", AT_FDCWD, "calltest/new",
	      AT_SYMLINK_NOFOLLOW);
	GIVES(-EINVAL, unlinkat, AT_FDCWD, "calltest/file", UNKNOWN);
	GIVES(-EINVAL, renameat2, AT_FDCWD, "calltest/file", AT_FDCWD, "calltest/new", UNKNOWN);
	GIVES(-EINVAL, fchownat, AT_FDCWD, "calltest/file", -1, -1, UNKNOWN);
	GIVES(-EINVAL, faccessat, AT_FDCWD, "calltest/file", 8);
	GIVES(-EINVAL, utimensat, AT_FDCWD, "calltest/file", NULL, UNKNOWN);
	GIVES(-EINVAL, utimensat, file, NULL, NULL, AT_SYMLINK_NOFOLLOW);
	GIVES(-EFAULT, utimensat, AT_FDCWD, NULL, NULL, 0);
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		GIVES(-EINVAL, utimensat, AT_FDCWD, "calltest/file", times[i], 0);
	GIVES(-EINVAL, stat_at, AT_FDCWD, "calltest/file", buf, UNKNOWN);
	GIVES(-EINVAL, statx, AT_FDCWD, "calltest/file", UNKNOWN, STATX_BASIC_STATS, buf);
	GIVES(-EINVAL, statx, AT_FDCWD, "calltest/file", 0, 0x80000000, buf);
	GIVES(-EINVAL, statx, AT_FDCWD, "calltest/file", 0x6000, STATX_BASIC_STATS, buf);
	GIVES(0, statx, AT_FDCWD, "calltest/file", 0x4000, STATX_BASIC_STATS, buf);
	GIVES(-EINVAL, getrandom, buf, 1, UNKNOWN);
	GIVES(-EINVAL, getrandom, buf, 1, 6);
	GIVES(1, getrandom, buf, 1, 4);
}

/* What a link leads to is made or linked only where the call says so. */
static void test_links(void)
{
	struct statx *facts = (struct statx *)buf;

	GIVES(0, symlinkat, "new", AT_FDCWD, "calltest/link");
	GIVES(-ENOENT, openat, AT_FDCWD, "calltest/link", O_WRONLY, 0);
	GIVES(-EEXIST, openat, AT_FDCWD, "calltest/link", O_WRONLY | O_CREAT | O_EXCL, 0666);
	GIVES(-ELOOP, openat, AT_FDCWD, "calltest/link", O_WRONLY | O_CREAT | O_NOFOLLOW, 0666);
	GIVES(-ENOENT, linkat, AT_FDCWD, "calltest/link", AT_FDCWD, "calltest/more",
	      AT_SYMLINK_FOLLOW);
	close(open("calltest/link", O_WRONLY | O_CREAT, 0666));
	GIVES(0, linkat, AT_FDCWD, "calltest/link", AT_FDCWD, "calltest/more", AT_SYMLINK_FOLLOW);
	GIVES(0, statx, AT_FDCWD, "calltest/new", 0, STATX_BASIC_STATS, facts);
	expect(__LINE__, "stx_nlink", 2, facts->stx_nlink);
	GIVES(0, unlinkat, AT_FDCWD, "calltest/more", 0);
	GIVES(0, linkat, AT_FDCWD, "calltest/link", AT_FDCWD, "calltest/more", 0);
	GIVES(0, statx, AT_FDCWD, "calltest/link", AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, facts);
	expect(__LINE__, "stx_nlink", 2, facts->stx_nlink);
	GIVES(-EPERM, linkat, AT_FDCWD, "calltest", AT_FDCWD, "calltest/dir", 0);
	GIVES(-EEXIST, linkat, AT_FDCWD, "calltest/file", AT_FDCWD, "calltest/more", 0);
	GIVES(-ENOENT, linkat, AT_FDCWD, "", AT_FDCWD, "calltest/dir", 0);
#ifdef __NR_link
	GIVES(0, unlinkat, AT_FDCWD, "calltest/more", 0);
	GIVES(0, link, "calltest/file", "calltest/more");
#endif
	GIVES(0, unlinkat, AT_FDCWD, "calltest/more", 0);
	GIVES(0, unlinkat, AT_FDCWD, "calltest/link", 0);
	GIVES(0, unlinkat, AT_FDCWD, "calltest/new", 0);
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
	test_flags();
	test_links();
	test_facts();
	test_processes();
	test_signals();
	test_vectors();
	test_cutting();
	test_waits();
	test_meanings();
	test_pieces();
	test_paths();
	clean_up();
	return faults != 0;
}
