/* SPDX-License-Identifier: MIT */
/*
 * modtest FILE NAME LOOPS: load a module and remove it again, LOOPS times, each load from memory.
 * modtest: what the calls must refuse, whatever the file.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/module.h>
#include <unistd.h>

static char image[65536];

static void expect(const char *what, int result, int error)
{
	if (result != -1 || errno != error)
		printf("%s: result %d, errno %d, not %d\n", what, result, errno, error);
}

static int refusals(void)
{
	static char name[100];
	int pipe_ends[2];

	memset(name, 'x', sizeof(name) - 1);
	pipe(pipe_ends);
	expect("no file", finit_module(31, "", 0), EBADF);
	expect("flags", finit_module(0, "", 1), EINVAL);
	expect("a device", finit_module(0, "", 0), EINVAL);
	expect("a pipe", finit_module(pipe_ends[0], "", 0), EINVAL);
	expect("nothing", init_module(image, 0, ""), ENOEXEC);
	expect("too much", init_module(image, 1UL << 31, ""), ENOMEM);
	expect("no memory", init_module((void *)8, 100, ""), EFAULT);
	expect("kernel memory", init_module((void *)-4096, 100, ""), EFAULT);
	expect("zeroes", init_module(image, 100, ""), ENOEXEC);
	expect("no name", delete_module((void *)8, 0), EFAULT);
	expect("a long name", delete_module(name, 0), ENOENT);
	expect("an empty name", delete_module("", 0), ENOENT);
	printf("refusals checked\n");
	return 0;
}

int main(int argc, char **argv)
{
	ssize_t size;
	int i, fd;

	if (argc < 4)
		return refusals();
	fd = open(argv[1], O_RDONLY);
	size = read(fd, image, sizeof(image));
	for (i = 0; i < atoi(argv[3]); i++)
		if (init_module(image, size, "") || delete_module(argv[2], 0)) {
			printf("round %d: errno %d\n", i, errno);
			return 1;
		}
	printf("%d rounds\n", i);
	return 0;
}
