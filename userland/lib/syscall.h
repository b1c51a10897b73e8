/* SPDX-License-Identifier: MIT */
/*
 * How the library makes a system call: `system_call(read, fd, buf, size)` passes the number
 * __NR_read and up to six arguments, each widened to a register. The numbers come from the
 * kernel's own list.
 */
#pragma once

#include <asm/unistd.h>

/* arch/$(ARCH)/syscall.S. Returns what the kernel returned: a result or -errno. */
long __syscall(long number, long a, long b, long c, long d, long e, long f);

/* Turns -errno into -1 and errno, leaves results alone. */
long syscall_result(long result);

#define system_call(name, ...)     syscall_result(raw_system_call(name, ##__VA_ARGS__))
#define raw_system_call(name, ...) pad_arguments(__NR_##name, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define pad_arguments(number, a, b, c, d, e, f, ...) \
	__syscall(number, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
