/* SPDX-License-Identifier: MIT */
/*
 * Registers that user mode can read hold what this process wrote, and nothing of the kernel's or of
 * another process. `regtest fp` uses a floating-point register instead.
 */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "registers.h"

#define ROUNDS 5

int main(int argc, char **argv)
{
	const struct timespec tick = { .tv_nsec = 1000000 };
	unsigned long expected = 0, found;
	int i;

	if (argc > 1)
		use_fp_register();
	for (i = 0; i < ROUNDS; i++) {
		found = read_scratch_register();
		if (found != expected) {
			printf("round %d: 0x%lx, not 0x%lx\n", i, found, expected);
			return 1;
		}
		expected = write_scratch_register(0x5ec00000 + getpid());
		nanosleep(&tick, NULL); /* others run; an interrupt meets the kernel */
	}
	return 0;
}
