/* SPDX-License-Identifier: MIT */
/*
 * What the tests of memory have in common: expectations, calls as the kernel answers them, and an
 * access that may fault. Each program includes it once.
 */
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../lib/syscall.h"

#define PAGE 4096UL
#define RW   (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

static int faults;

static void expect(int line, const char *what, long expected, long result)
{
	if (result == expected)
		return;
	printf("line %d: %s is %ld, not %ld\n", line, what, result, expected);
	faults++;
}

#define IS(expected, what) expect(__LINE__, #what, (long)(expected), (long)(what))

/* The system call as it is: a result or -errno. */
#ifdef __NR_mmap2
#define MMAP(addr, len, prot, flags, fd) raw_system_call(mmap2, addr, len, prot, flags, fd, 0)
#else
#define MMAP(addr, len, prot, flags, fd) raw_system_call(mmap, addr, len, prot, flags, fd, 0)
#endif
#define MUNMAP(addr, len)         raw_system_call(munmap, addr, len)
#define MPROTECT(addr, len, prot) raw_system_call(mprotect, addr, len, prot)
#define MREMAP(...)               raw_system_call(mremap, __VA_ARGS__)

enum access { READ, WRITE, EXECUTE };

/* The signal that ends a child with this access, or 0. */
static int signal_of(enum access access, char *addr)
{
	int status = 0;
	pid_t child = fork();

	if (!child) {
		if (access == READ)
			*(volatile char *)addr;
		else if (access == WRITE)
			*(volatile char *)addr = 1;
		else
			((int (*)(void))addr)();
		_exit(0);
	}
	waitpid(child, &status, 0);
	return status & 0x7f;
}

static bool all_are(const char *p, unsigned long size, char c)
{
	while (size && *p == c)
		p++, size--;
	return !size;
}
