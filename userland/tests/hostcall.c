/* SPDX-License-Identifier: MIT */
/* __syscall() of ../lib/syscall.h for a test program that is built for the host, by its libc. */
#include <errno.h>
#include <unistd.h>

#include "../lib/syscall.h"

long __syscall(long number, long a, long b, long c, long d, long e, long f)
{
	long result = syscall(number, a, b, c, d, e, f);

	return result == -1 ? -errno : result;
}
