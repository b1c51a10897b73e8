/* SPDX-License-Identifier: MIT */
/*
 * What takes all there is:
 *
 *	hogtest fill		all memory that sbrk() gives, down to 4 KiB; then it sleeps
 *	hogtest mmap		all that mmap() gives, private and shared in turn; then it sleeps
 *	hogtest huge		2 GiB at once; prints what that cost
 *	hogtest children	as many children as fork() gives, never waited for
 *	hogtest write FILE	40 MiB from an address where nothing is, to a file
 *	hogtest map [scope]	as many ioremaps of a page as one open bench file gives; with
 *				`scope`, they end with the program
 */
#include <err.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define MIB (1 << 20)

static void fill(void)
{
	long bytes = 0;

	for (long step = 64 * MIB; step >= 4096; step /= 2)
		while (sbrk(step) != (void *)-1)
			bytes += step;
	printf("took %ld KiB\n", bytes / 1024);
	fflush(stdout);
	sleep(1000);
}

static void fill_by_mmap(void)
{
	const int kinds[] = { MAP_PRIVATE, MAP_SHARED };
	long bytes = 0;
	int n = 0;

	for (long step = 16 * MIB; step >= 4096; step /= 2)
		while (mmap(NULL, step, PROT_READ | PROT_WRITE, kinds[n++ % 2] | MAP_ANONYMOUS, -1,
			    0) != MAP_FAILED)
			bytes += step;
	printf("took %ld KiB\n", bytes / 1024);
	fflush(stdout);
	sleep(1000);
}

static long milliseconds(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now))
		err(1, "clock_gettime");
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void take_huge(void)
{
	long start = milliseconds();
	bool refused = sbrk(0x7ffff000) == (void *)-1;

	printf("%s after %ld ms\n", refused ? "refused" : "given", milliseconds() - start);
}

static void have_children(void)
{
	int n = 0;
	pid_t pid;

	while ((pid = fork()) > 0)
		n++;
	if (!pid)
		_exit(0);
	warn("after %d children", n);
}

static void write_from_nowhere(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0666);

	if (fd < 0)
		err(1, "%s", path);
	if (write(fd, (void *)0x1000, 40 * MIB) < 0)
		err(1, "%s", path);
}

/* Writes a command to the bench. Returns whether it is done; the answer is in the buffer. */
static bool ask(int fd, const char *command, char answer[128])
{
	ssize_t n;

	if (write(fd, command, strlen(command)) < 0 || (n = read(fd, answer, 127)) < 0)
		err(1, "/proc/iolab");
	answer[n] = '\0';
	return strncmp(answer, "failed: ", 8);
}

static void map_all(const char *scope)
{
	int fd = open("/proc/iolab", O_RDWR), n = 0;
	char answer[128];

	if (fd < 0)
		err(1, "/proc/iolab");
	if (scope)
		ask(fd, scope, answer);
	while (ask(fd, "ioremap 0x09010000 0x1000", answer))
		n++;
	printf("%d; %s", n, answer);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "fill"))
		fill();
	else if (!strcmp(what, "mmap"))
		fill_by_mmap();
	else if (!strcmp(what, "huge"))
		take_huge();
	else if (!strcmp(what, "children"))
		have_children();
	else if (!strcmp(what, "write") && argc > 2)
		write_from_nowhere(argv[2]);
	else if (!strcmp(what, "map"))
		map_all(argv[2]);
	else
		errx(2, "fill, mmap, huge, children, write FILE or map [scope]");
	return 0;
}
