/* SPDX-License-Identifier: MIT */
/*
 * What programs share: memory between a program and its child, and files that are mapped. As
 * mmaptest.c, it asks the booted system, and the host's Linux, the same questions.
 */
#include "mmaptest.h"

/* What a program and its child share, each sees as the other writes it. */
static void test_shared_memory(void)
{
	char *p = mmap(NULL, 3 * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char *q = mmap(NULL, PAGE, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status = 0;
	pid_t child;

	IS(true, all_are(p, 3 * PAGE, 0));
	p[0] = 'p';
	child = fork();
	if (!child) {
		p[PAGE] = p[0] + 1;
		mprotect(q, PAGE, RW);
		q[0] = 'q';
		munmap(p + 2 * PAGE, PAGE);
		_exit(0);
	}
	waitpid(child, &status, 0);
	IS(0, status);
	IS('q', p[PAGE]);
	IS(0, p[2 * PAGE]);
	IS(0, mprotect(q, PAGE, PROT_READ));
	IS('q', q[0]);
	/* A child's child is one of them, too. What is private beside it is not. */
	child = fork();
	if (!child) {
		child = fork();
		if (!child)
			p[0] = 'g';
		waitpid(child, &status, 0);
		_exit(p[0] == 'g' ? 0 : 1);
	}
	waitpid(child, &status, 0);
	IS(0, status);
	IS('g', p[0]);
	IS(0, munmap(p, 3 * PAGE));
	IS(0, munmap(q, PAGE));
}

static void test_file_refusals(int file)
{
	int reader = open("mmaptest.file", O_RDONLY), writer = open("mmaptest.file", O_WRONLY);
	int ends[2];
	char *p;

	pipe(ends);
	IS(-ENODEV, MMAP(0, PAGE, PROT_READ, MAP_PRIVATE, ends[0]));
	IS(-EINVAL, MMAP(0, PAGE, PROT_READ, 0, file));
	IS(-EINVAL, MMAP(0, 0, PROT_READ, MAP_PRIVATE, file));
	IS(-EACCES, MMAP(0, PAGE, PROT_READ, MAP_PRIVATE, writer));
	IS(-EACCES, MMAP(0, PAGE, RW, MAP_SHARED, reader));
	p = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, reader, 0);
	IS(-EACCES, MPROTECT(p, PAGE, RW));
	IS('f', p[0]);
	IS(0, munmap(p, PAGE));
	/* What is written to a private area goes nowhere else. */
	p = mmap(NULL, PAGE, RW, MAP_PRIVATE, reader, 0);
	p[0] = 'p';
	IS('p', p[0]);
	IS(0, munmap(p, PAGE));
	close(reader);
	close(writer);
	close(ends[0]);
	close(ends[1]);
}

/* Two pages and a half of a file: private, shared, from the second page on. */
static void test_files(void)
{
	int file = open("mmaptest.file", O_RDWR | O_CREAT | O_TRUNC, 0666);
	char page[PAGE / 2], *private, *shared, *second, *behind;

	for (int half = 0; half < 5; half++) {
		memset(page, half < 2 ? 'f' : 'g', sizeof(page));
		IS(sizeof(page), write(file, page, sizeof(page)));
	}
	private = mmap(NULL, 3 * PAGE, RW, MAP_PRIVATE, file, 0);
	shared = mmap(NULL, 3 * PAGE, RW, MAP_SHARED, file, 0);
	second = mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED, file, PAGE);
	IS(true, all_are(private, PAGE, 'f'));
	IS(true, all_are(private + PAGE, PAGE + PAGE / 2, 'g'));
	IS(true, all_are(private + 2 * PAGE + PAGE / 2, PAGE / 2, 0)); /* behind its end */
	IS(true, all_are(second, PAGE + PAGE / 2, 'g'));

	behind = mmap(NULL, 4 * PAGE, RW, MAP_SHARED, file, 0);
	IS(0, signal_of(WRITE, behind + 3 * PAGE - 1));
	IS(SIGBUS, signal_of(READ, behind + 3 * PAGE)); /* mapped, but the file has ended */
	IS(SIGBUS, signal_of(WRITE, behind + 3 * PAGE));
	IS(0, mprotect(behind, 4 * PAGE, PROT_READ));
	IS(SIGSEGV, signal_of(WRITE, behind));
	IS(SIGSEGV, signal_of(WRITE, behind + 3 * PAGE)); /* the right is asked for first */
	IS(SIGBUS, signal_of(READ, behind + 3 * PAGE));
	IS(0, mprotect(behind, 4 * PAGE, PROT_NONE));
	IS(SIGSEGV, signal_of(READ, behind));
	IS(SIGSEGV, signal_of(READ, behind + 3 * PAGE));
	IS(0, munmap(behind, 4 * PAGE));

	private[0] = 'p';
	shared[PAGE] = 's';
	IS('f', shared[0]);
	IS('s', second[0]);
	lseek(file, PAGE, SEEK_SET);
	IS(1, read(file, page, 1));
	IS('s', page[0]);
	IS(1, write(file, "w", 1));
	IS('w', shared[PAGE + 1]);
	IS('w', second[1]);

	test_file_refusals(file);
	/* The areas outlive the descriptor, and the name. */
	close(file);
	unlink("mmaptest.file");
	IS(0, munmap(shared + PAGE, PAGE));
	IS(SIGSEGV, signal_of(READ, shared + PAGE));
	IS('g', shared[2 * PAGE]);
	IS('s', second[0]);
	IS(0, munmap(shared, 3 * PAGE));
	IS('w', second[1]);
	IS(0, munmap(second, 2 * PAGE));
	IS('p', private[0]);
	IS(0, munmap(private, 3 * PAGE));
}

static void test_zero_device(void)
{
	int zero = open("/dev/zero", O_RDWR);
	char *p = mmap(NULL, 2 * PAGE, RW, MAP_PRIVATE, zero, 0);

	close(zero);
	IS(true, all_are(p, 2 * PAGE, 0));
	IS(0, signal_of(WRITE, p + PAGE));
	IS(0, munmap(p, 2 * PAGE));
}

int main(void)
{
	test_shared_memory();
	test_files();
	test_zero_device();
	return faults != 0;
}
