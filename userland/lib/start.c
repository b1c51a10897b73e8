/* SPDX-License-Identifier: MIT */
/*
 * The life of a program in C: from crt0.S to main(), and from exit() to the kernel.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv, char **envp);

char **environ;
const char *program_invocation_short_name = "";

/* Called by crt0.S with the address of argc; argv and envp follow it on the stack. */
_Noreturn void start_c(long *stack)
{
	int argc = stack[0];
	char **argv = (char **)(stack + 1);

	environ = argv + argc + 1;
	if (argc > 0) {
		const char *slash = strrchr(argv[0], '/');

		program_invocation_short_name = slash ? slash + 1 : argv[0];
	}
	exit(main(argc, argv, environ));
}

/* A program whose output did not arrive has failed, whatever it thinks. */
void exit(int status)
{
	if (fflush(stdout)) {
		warn("write");
		status = status ? status : EXIT_FAILURE;
	}
	_exit(status);
}
