/* SPDX-License-Identifier: MIT */
/*
 * Process numbers: a bit for each. They are given out in turn, so that a number is not used again
 * soon after its process has ended; the search looks at a word of bits at a time, because it runs
 * with interrupts off, also when every number is taken.
 *
 * Linux counterpart: kernel/pid.c (there a tree, and numbers in namespaces)
 */

#include <kernel/lib/bitops.h>
#include <kernel/lib/errno.h>
#include <kernel/sched/sched.h>

static unsigned long taken[PID_MAX / BITS_PER_LONG] = { 1 }; /* pid 0 is the boot task */
static pid_t newest;

/* The first free number from there on. */
static pid_t find_free(unsigned int from)
{
	unsigned int word = from / BITS_PER_LONG;
	unsigned long mask = ~0UL << from % BITS_PER_LONG;

	for (; word < PID_MAX / BITS_PER_LONG; word++, mask = ~0UL)
		if (~taken[word] & mask)
			return word * BITS_PER_LONG + __ffs(~taken[word] & mask);
	return -EAGAIN;
}

pid_t alloc_pid(void)
{
	pid_t pid = find_free(newest + 1);

	if (pid < 0)
		pid = find_free(1);
	if (pid < 0)
		return pid;
	taken[pid / BITS_PER_LONG] |= 1UL << pid % BITS_PER_LONG;
	newest = pid;
	return pid;
}

void free_pid(pid_t pid)
{
	taken[pid / BITS_PER_LONG] &= ~(1UL << pid % BITS_PER_LONG);
}

pid_t last_pid(void)
{
	return newest;
}
