/* SPDX-License-Identifier: MIT */
/*
 * The system calls as C functions. Most are one line: the kernel's interface is the C library's.
 * arm64 has only the newer, more general form of several calls (clone, openat, pipe2, dup3);
 * these serve both architectures, and the older names are built from them here.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/module.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "syscall.h"

#define MAX_ERRNO 4095

int errno;

long syscall_result(long result)
{
	if (result >= 0 || result < -MAX_ERRNO)
		return result;
	errno = -result;
	return -1;
}

/* Files */

ssize_t read(int fd, void *buf, size_t size)
{
	return system_call(read, fd, buf, size);
}

ssize_t write(int fd, const void *buf, size_t size)
{
	return system_call(write, fd, buf, size);
}

off_t lseek(int fd, off_t offset, int whence)
{
	return system_call(lseek, fd, offset, whence);
}

int openat(int dir, const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	return system_call(openat, dir, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	return system_call(openat, AT_FDCWD, path, flags, mode);
}

int close(int fd)
{
	return system_call(close, fd);
}

int dup3(int old, int new, int flags)
{
	return system_call(dup3, old, new, flags);
}

/* dup3() refuses equal descriptors, dup2() has nothing to do then. */
int dup2(int old, int new)
{
	return old == new ? new : dup3(old, new, 0);
}

int pipe2(int ends[2], int flags)
{
	return system_call(pipe2, ends, flags);
}

int pipe(int ends[2])
{
	return pipe2(ends, 0);
}

int ioctl(int fd, unsigned long request, void *argument)
{
	return system_call(ioctl, fd, request, argument);
}

int statx(int dir, const char *path, int flags, unsigned int mask, struct statx *facts)
{
	return system_call(statx, dir, path, flags, mask, facts);
}

/* Names */

int mkdir(const char *path, mode_t mode)
{
	return system_call(mkdirat, AT_FDCWD, path, mode);
}

int unlink(const char *path)
{
	return system_call(unlinkat, AT_FDCWD, path, 0);
}

int rmdir(const char *path)
{
	return system_call(unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
}

int chdir(const char *path)
{
	return system_call(chdir, path);
}

char *getcwd(char *buf, size_t size)
{
	return system_call(getcwd, buf, size) < 0 ? NULL : buf;
}

/* Processes */

/* A clone that shares nothing and reports its end by SIGCHLD is a fork. */
pid_t fork(void)
{
	return system_call(clone, SIGCHLD, 0, 0, 0, 0);
}

int execve(const char *path, char *const argv[], char *const envp[])
{
	return system_call(execve, path, argv, envp);
}

void _exit(int status)
{
	for (;;)
		raw_system_call(exit_group, status);
}

pid_t waitpid(pid_t pid, int *status, int options)
{
	return system_call(wait4, pid, status, options, NULL);
}

int kill(pid_t pid, int signal)
{
	return system_call(kill, pid, signal);
}

sighandler_t signal(int number, sighandler_t handler)
{
	const struct kernel_sigaction new = { .handler = handler };
	struct kernel_sigaction old;

	if (system_call(rt_sigaction, number, &new, &old, sizeof(new.mask)))
		return -1;
	return old.handler;
}

pid_t getpid(void)
{
	return system_call(getpid);
}

pid_t getppid(void)
{
	return system_call(getppid);
}

int sched_yield(void)
{
	return system_call(sched_yield);
}

/* The system call takes the new end and returns the end as it then is: moved or not. */
void *sbrk(ptrdiff_t increment)
{
	char *old = (char *)raw_system_call(brk, 0);
	char *new = old + increment;

	if ((char *)raw_system_call(brk, new) != new) {
		errno = ENOMEM;
		return (void *)-1;
	}
	return old;
}

/* Memory */

/* arm has mmap2 alone, whose offset is in units of 4096 bytes. */
#ifdef __NR_mmap2
#define map_pages(addr, len, prot, flags, fd, offset) \
	system_call(mmap2, addr, len, prot, flags, fd, (unsigned long)(offset) / 4096)
#else
#define map_pages(...) system_call(mmap, ##__VA_ARGS__)
#endif

void *mmap(void *addr, size_t len, int prot, int flags, int fd, off_t offset)
{
	return (void *)map_pages(addr, len, prot, flags, fd, offset);
}

int munmap(void *addr, size_t len)
{
	return system_call(munmap, addr, len);
}

int mprotect(void *addr, size_t len, int prot)
{
	return system_call(mprotect, addr, len, prot);
}

void *mremap(void *addr, size_t old_len, size_t new_len, int flags, ...)
{
	va_list args;
	void *new;

	va_start(args, flags);
	new = flags &MREMAP_FIXED ? va_arg(args, void *) : NULL;
	va_end(args);
	return (void *)system_call(mremap, addr, old_len, new_len, flags, new);
}

/* Time and the machine */

/* What arm64 calls clock_gettime, arm calls clock_gettime64: seconds of 64 bits. */
#ifndef __NR_clock_gettime64
#define __NR_clock_gettime64 __NR_clock_gettime
#endif

int clock_gettime(int clock, struct timespec *now)
{
	struct __kernel_timespec time;

	if (system_call(clock_gettime64, clock, &time))
		return -1;
	now->tv_sec = time.tv_sec;
	now->tv_nsec = time.tv_nsec;
	return 0;
}

/* Nothing is ever left: only what ends the process ends a sleep early. */
int nanosleep(const struct timespec *duration, struct timespec *left)
{
	const struct __kernel_old_timespec time = { duration->tv_sec, duration->tv_nsec };

	if (time.tv_sec == duration->tv_sec)
		return system_call(nanosleep, &time, NULL);
	errno = EINVAL;
	return -1;
}

unsigned int sleep(unsigned int seconds)
{
	const struct timespec duration = { .tv_sec = seconds };

	return nanosleep(&duration, NULL) ? seconds : 0;
}

int init_module(const void *image, unsigned long size, const char *parameters)
{
	return system_call(init_module, image, size, parameters);
}

int finit_module(int fd, const char *parameters, int flags)
{
	return system_call(finit_module, fd, parameters, flags);
}

int delete_module(const char *name, unsigned int flags)
{
	return system_call(delete_module, name, flags);
}

int uname(struct utsname *names)
{
	return system_call(uname, names);
}

int klogctl(int action, char *buf, int size)
{
	return system_call(syslog, action, buf, size);
}

int reboot(unsigned int command)
{
	return system_call(reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, command, 0);
}
