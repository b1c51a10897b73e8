/* SPDX-License-Identifier: MIT */
/*
 * latency: what a system call costs, or the switch from one program to another.
 *
 * Both are measured from outside the kernel, by the clock, over many calls. The clock counts
 * nanoseconds; under QEMU's -icount these are instructions. The loop around the calls counts, too:
 * a few instructions a call.
 */
#include <commands.h>
#include <err.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CALLS  1000
#define ROUNDS 16

static long long now(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts))
		err(1, "clock_gettime");
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

static void call(void)
{
	getppid();
}

/* Another program that does the same runs when this one yields, and then this one again. */
static void yield(void)
{
	sched_yield();
}

/* Prints what a call takes, or each of its equal parts: on average, and in the longest round. */
static void measure(void (*once)(void), unsigned int parts)
{
	unsigned int sum = 0, most = 0, took;

	for (int round = 0; round < ROUNDS; round++) {
		long long start = now();

		for (int i = 0; i < CALLS; i++)
			once();
		took = now() - start; /* far below four seconds */
		took /= CALLS * parts;
		sum += took;
		most = took > most ? took : most;
	}
	printf("make %u max %u, %d samples, 0 live areas\n", sum / ROUNDS, most, ROUNDS);
}

static void measure_switch(void)
{
	pid_t other = fork();

	if (other < 0)
		err(1, "fork");
	while (!other)
		sched_yield();
	measure(yield, 2); /* there and back */
	kill(other, SIGKILL);
	waitpid(other, NULL, 0);
}

int main(int argc, char **argv)
{
	char **words = parse_arguments(argv, command_usage("latency"));

	if (!strcmp(words[0], "syscall"))
		measure(call, 1);
	else if (!strcmp(words[0], "switch"))
		measure_switch();
	else
		refuse_argument(words[0], "is neither syscall nor switch");
	return 0;
}
