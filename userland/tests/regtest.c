/* SPDX-License-Identifier: MIT */
/*
 * Registers that user mode can read hold what this process wrote, and nothing of the kernel's or of
 * another process. `regtest WORD` does instead what ends a program: it uses a floating-point
 * register (fp), or an instruction or an address that is not allowed.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "registers.h"

#define ROUNDS 5

static void do_forbidden(const char *what)
{
	static _Alignas(16) char bytes[32];

	if (!strcmp(what, "fp"))
		use_fp_register();
	if (!strcmp(what, "unaligned"))
		load_unaligned(bytes + 15);
	if (!strcmp(what, "breakpoint"))
		stop_at_breakpoint();
	if (!strcmp(what, "undefined"))
		run_undefined_instruction();
}

int main(int argc, char **argv)
{
	const struct timespec tick = { .tv_nsec = 1000000 };
	unsigned long expected = 0, found;
	int i;

	if (argc > 1)
		do_forbidden(argv[1]);
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
