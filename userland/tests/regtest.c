/* SPDX-License-Identifier: MIT */
/*
 * Registers that user mode can read hold what this process wrote, and nothing of the kernel's or of
 * another process. The floating-point registers are 0 at the start; a child has its parent's.
 * `regtest WORD` does instead what ends a program: an instruction or an address that is not
 * allowed.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "registers.h"

#define ROUNDS 5

static void do_forbidden(const char *what)
{
	static _Alignas(16) char bytes[32];

	if (!strcmp(what, "unaligned"))
		load_unaligned(bytes + 15);
	if (!strcmp(what, "breakpoint"))
		stop_at_breakpoint();
	if (!strcmp(what, "undefined"))
		run_undefined_instruction();
}

/* The child changes them, too: the parent's stay as they are. */
static bool child_has_them(unsigned long fp, unsigned long step)
{
	int status = 1;
	pid_t pid = fork();

	if (!pid) {
		status = wrong_fp_registers(fp, step) != 0;
		write_fp_registers(1, 1);
		_exit(status);
	}
	return waitpid(pid, &status, 0) == pid && !status;
}

int main(int argc, char **argv)
{
	const struct timespec tick = { .tv_nsec = 1000000 };
	unsigned long expected = 0, found, fp_wrong, fp = 0, step = 0;
	int i;

	if (argc > 1)
		do_forbidden(argv[1]);
	for (i = 0; i < ROUNDS; i++) {
		found = read_scratch_register();
		if (found != expected) {
			printf("round %d: 0x%lx, not 0x%lx\n", i, found, expected);
			return 1;
		}
		fp_wrong = wrong_fp_registers(fp, step);
		if (fp_wrong) {
			printf("round %d: %lu floating-point registers have changed\n", i,
			       fp_wrong);
			return 1;
		}
		fp = getpid() * 1000;
		step = i + 1;
		write_fp_registers(fp, step);
		if (i == 2 && !child_has_them(fp, step)) {
			printf("a child has other floating-point registers\n");
			return 1;
		}
		expected = write_scratch_register(0x5ec00000 + getpid());
		nanosleep(&tick, NULL); /* others run; an interrupt meets the kernel */
	}
	return 0;
}
