/* SPDX-License-Identifier: MIT */
/*
 * What a program may do with its address space. Prints a line for each answer that is not Linux's,
 * and ends with status 1 if there was one. It runs in the booted system (test_system.py). Built for
 * the host, with hostcall.c, it asks the host's Linux itself (test_userland.py): emulation has an
 * address space of its own making.
 *
 * Whether an access faults is tried by a child. It ends by SIGSEGV or with status 0.
 */
#include "mmaptest.h"

static char *anonymous(unsigned long pages, int prot)
{
	char *p = mmap(NULL, pages * PAGE, prot, ANON, -1, 0);

	if (p == MAP_FAILED)
		printf("no area of %lu pages\n", pages);
	return p;
}

static void test_anonymous(void)
{
	char *a = anonymous(3, RW), *b = anonymous(1, RW);

	IS(0, (uintptr_t)a % PAGE);
	IS(true, b + PAGE <= a || a + 3 * PAGE <= b);
	IS(true, all_are(a, 3 * PAGE, 0));
	memset(a, 'a', 3 * PAGE);
	IS(true, all_are(b, PAGE, 0));
	IS(0, munmap(a, 3 * PAGE));
	IS(SIGSEGV, signal_of(READ, a));
	IS(0, signal_of(WRITE, b));
	/* What was freed and is mapped again is zero. */
	a = anonymous(3, RW);
	IS(true, all_are(a, 3 * PAGE, 0));
	IS(0, munmap(a, 3 * PAGE));
	IS(0, munmap(b, 1)); /* a part of a page is the page */
	IS(SIGSEGV, signal_of(READ, b));
}

static void test_refusals(void)
{
	char *p = anonymous(1, RW);

	IS(-EINVAL, MMAP(0, 0, RW, ANON, -1));
	IS(-EINVAL, MMAP(0, PAGE, RW, MAP_ANONYMOUS, -1));
	IS(-EBADF, MMAP(0, PAGE, PROT_READ, MAP_PRIVATE, -1));
	IS(-ENOMEM, MMAP(0, -PAGE, RW, ANON, -1));
	IS(-ENOMEM, MMAP(0, -1, RW, ANON, -1));
	IS(-EINVAL, MMAP(p + 1, PAGE, RW, ANON | MAP_FIXED, -1));
	IS(-ENOMEM, MMAP(-PAGE, PAGE, RW, ANON | MAP_FIXED, -1));

	IS(-EINVAL, MUNMAP(p, 0));
	IS(-EINVAL, MUNMAP(p + 1, PAGE));
	IS(-EINVAL, MUNMAP(p, -PAGE));
	IS(-EINVAL, MUNMAP(-PAGE, PAGE));

	IS(-EINVAL, MPROTECT(p + 1, PAGE, PROT_READ));
	IS(-EINVAL, MPROTECT(p, PAGE, 0x100));
	IS(-ENOMEM, MPROTECT(p, -PAGE, PROT_READ));
	IS(0, MPROTECT(p, 0, PROT_READ));

	IS(-EINVAL, MREMAP(p + 1, PAGE, 2 * PAGE, 0, 0));
	IS(-EINVAL, MREMAP(p, PAGE, 0, 0, 0));
	IS(-EINVAL, MREMAP(p, PAGE, PAGE, MREMAP_FIXED, p + 8 * PAGE));
	IS(-EINVAL, MREMAP(p, PAGE, PAGE, 0x100, 0));
	IS('x', (*p = 'x')); /* and it is as it was */
	IS(0, MUNMAP(p, PAGE));
	IS(0, MUNMAP(p, PAGE)); /* where nothing is, nothing is to be done */
	IS(-ENOMEM, MPROTECT(p, PAGE, PROT_READ));
	IS(-EFAULT, MREMAP(p, PAGE, 2 * PAGE, MREMAP_MAYMOVE, 0));
}

static void test_places(void)
{
	char *p = anonymous(4, RW);

	memset(p, 'p', 4 * PAGE);
	/* A hint is taken when it is free, and another place when it is not. */
	IS(0, munmap(p + PAGE, PAGE));
	IS(p + PAGE, MMAP(p + PAGE, PAGE, RW, ANON, -1));
	IS(true, (char *)MMAP(p, PAGE, PROT_READ, ANON, -1) != p);
	IS('p', p[0]);
	/* MAP_FIXED replaces. */
	IS(p + 2 * PAGE, MMAP(p + 2 * PAGE, PAGE, RW, ANON | MAP_FIXED, -1));
	IS(true, all_are(p, PAGE, 'p'));
	IS(true, all_are(p + PAGE, 2 * PAGE, 0));
	IS(true, all_are(p + 3 * PAGE, PAGE, 'p'));
	IS(0, munmap(p, 4 * PAGE));
}

static void test_holes(void)
{
	char *p = anonymous(5, RW);

	memset(p, 'p', 5 * PAGE);
	IS(0, munmap(p + 2 * PAGE, PAGE));
	IS(true, all_are(p, 2 * PAGE, 'p'));
	IS(true, all_are(p + 3 * PAGE, 2 * PAGE, 'p'));
	IS(0, signal_of(READ, p + 2 * PAGE - 1));
	IS(SIGSEGV, signal_of(READ, p + 2 * PAGE));
	IS(0, signal_of(READ, p + 3 * PAGE));
	IS(-ENOMEM, MPROTECT(p, 5 * PAGE, PROT_READ));
	IS(-EFAULT, MREMAP(p, 5 * PAGE, 6 * PAGE, MREMAP_MAYMOVE, 0));
	/* One call over areas and holes. */
	IS(0, munmap(p, 5 * PAGE));
	IS(SIGSEGV, signal_of(READ, p));
	IS(SIGSEGV, signal_of(READ, p + 4 * PAGE));
}

static void test_protection(void)
{
	char *p = anonymous(3, RW);
	int ends[2];

	pipe(ends);
	memset(p, 'p', 3 * PAGE);
	IS(0, mprotect(p + PAGE, PAGE, PROT_READ));
	IS(0, signal_of(WRITE, p + PAGE - 1));
	IS(0, signal_of(READ, p + PAGE));
	IS(SIGSEGV, signal_of(WRITE, p + PAGE));
	IS(0, signal_of(WRITE, p + 2 * PAGE));
	/* The kernel reads for the program what the program may read, and no more. */
	IS(0, mprotect(p, 3 * PAGE, PROT_NONE));
	IS(SIGSEGV, signal_of(READ, p));
	IS(-EFAULT, raw_system_call(write, ends[1], p, 1));
	IS(0, mprotect(p, 2 * PAGE, PROT_READ));
	IS(1, write(ends[1], p, 1));
	IS(-EFAULT, raw_system_call(read, ends[0], p, 1));
	IS(true, all_are(p, 2 * PAGE, 'p'));
	IS(0, mprotect(p, 3 * PAGE, RW));
	IS(true, all_are(p, 3 * PAGE, 'p'));
	memset(p, 'q', 3 * PAGE);
	IS(0, munmap(p, 3 * PAGE));
	close(ends[0]);
	close(ends[1]);
}

/* Addresses are taken, memory is not: 1 GiB. Pages come with the right to use them. */
static void test_reservation(void)
{
	const unsigned long size = 1UL << 30;
	char *p = mmap(NULL, size, PROT_NONE, ANON | MAP_NORESERVE, -1, 0);

	IS(true, p != MAP_FAILED);
	IS(SIGSEGV, signal_of(READ, p + size / 2));
	IS(0, mprotect(p + size / 2, 2 * PAGE, RW));
	IS(true, all_are(p + size / 2, 2 * PAGE, 0));
	IS(0, signal_of(WRITE, p + size / 2));
	IS(SIGSEGV, signal_of(WRITE, p + size / 2 - 1));
	IS(SIGSEGV, signal_of(WRITE, p + size / 2 + 2 * PAGE));
	IS(0, munmap(p, size));
	IS(SIGSEGV, signal_of(READ, p + size / 2));
}

/* A function that returns 42. */
static const uint32_t function[] = {
#if defined(__aarch64__)
	0x52800540, /* mov w0, #42 */
	0xd65f03c0, /* ret */
#elif defined(__arm__)
	0xe3a0002a, /* mov r0, #42 */
	0xe12fff1e, /* bx lr */
#else
	0x00002ab8, 0x9090c300, /* mov eax, 42; ret */
#endif
};

static void test_execution(void)
{
	char *p = anonymous(1, RW);

	memcpy(p, function, sizeof(function));
	IS(SIGSEGV, signal_of(EXECUTE, p));
	IS(0, mprotect(p, PAGE, PROT_READ | PROT_EXEC));
	IS(42, ((int (*)(void))p)());
	IS(SIGSEGV, signal_of(WRITE, p));
	IS(0, signal_of(EXECUTE, p));
	IS(0, mprotect(p, PAGE, RW));
	IS(SIGSEGV, signal_of(EXECUTE, p));
	IS(0, munmap(p, PAGE));
	/* Both rights at once are the program's own choice. */
	p = anonymous(1, RW | PROT_EXEC);
	IS(0, signal_of(WRITE, p));
	IS(0, munmap(p, PAGE));
}

static void test_fork(void)
{
	char *p = anonymous(2, RW);
	int status = 0;
	pid_t child;

	memset(p, 'p', PAGE);
	IS(0, mprotect(p, PAGE, PROT_NONE));
	child = fork();
	if (!child) {
		p[PAGE] = 'c';
		mprotect(p, PAGE, RW);
		status = all_are(p, PAGE, 'p') ? 7 : 8;
		p[0] = 'c';
		_exit(status);
	}
	waitpid(child, &status, 0);
	IS(7 << 8, status);
	IS(0, p[PAGE]);
	IS(0, mprotect(p, PAGE, PROT_READ));
	IS(true, all_are(p, PAGE, 'p'));
	IS(0, munmap(p, 2 * PAGE));
}

static void test_resizing(void)
{
	char *p = anonymous(8, RW), *q;

	memset(p, 'p', 8 * PAGE);
	IS(p, MREMAP(p, 8 * PAGE, 2 * PAGE, 0, 0));
	IS(SIGSEGV, signal_of(READ, p + 2 * PAGE));
	/* Back into the place behind it, which is free: with new pages. */
	IS(p, MREMAP(p, 2 * PAGE, 4 * PAGE, 0, 0));
	IS(true, all_are(p, 2 * PAGE, 'p'));
	IS(true, all_are(p + 2 * PAGE, 2 * PAGE, 0));
	/* The middle cannot grow in place. */
	IS(-ENOMEM, MREMAP(p + PAGE, PAGE, 2 * PAGE, 0, 0));
	q = (char *)MREMAP(p + PAGE, PAGE, 3 * PAGE, MREMAP_MAYMOVE, 0);
	IS(true, all_are(q, PAGE, 'p'));
	IS(true, all_are(q + PAGE, 2 * PAGE, 0));
	IS(SIGSEGV, signal_of(READ, p + PAGE));
	IS('p', p[0]);
	/* To a place of the program's choice, over what is there. */
	IS(-EINVAL, MREMAP(q, 3 * PAGE, 3 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, q + PAGE));
	IS(p, MREMAP(q, 3 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, p));
	IS(true, all_are(p, PAGE, 'p'));
	IS(true, all_are(p + PAGE, PAGE, 0));
	IS(SIGSEGV, signal_of(READ, q));
	IS(SIGSEGV, signal_of(READ, q + 2 * PAGE));
	memset(p, 'z', 4 * PAGE);
	/* What shrinks in place may have holes and other areas; what moves is in one. */
	IS(0, munmap(p + PAGE, PAGE));
	IS(0, mprotect(p + 2 * PAGE, PAGE, PROT_READ));
	IS(-EFAULT, MREMAP(p, 3 * PAGE, 4 * PAGE, MREMAP_MAYMOVE, 0));
	IS(p, MREMAP(p, 4 * PAGE, 3 * PAGE, 0, 0));
	IS(0, signal_of(READ, p + 2 * PAGE));
	IS(p, MREMAP(p, 3 * PAGE, PAGE, 0, 0));
	IS(true, all_are(p, PAGE, 'z'));
	IS(SIGSEGV, signal_of(READ, p + 2 * PAGE));
	IS(SIGSEGV, signal_of(READ, p + 3 * PAGE));
	IS(0, munmap(p, PAGE));
}

/* Areas of many calls, in an order that no area survives whole. */
static void test_many(void)
{
	char *p = mmap(NULL, 64 * PAGE, PROT_NONE, ANON, -1, 0);
	int i, wrong = 0;

	for (i = 0; i < 64; i += 2)
		wrong += mprotect(p + i * PAGE, PAGE, RW) != 0;
	for (i = 0; i < 64; i += 2)
		p[i * PAGE] = i;
	for (i = 1; i < 64; i += 2)
		wrong += mprotect(p + i * PAGE, PAGE, PROT_READ) != 0;
	for (i = 0; i < 64; i++)
		wrong += p[i * PAGE] != (i % 2 ? 0 : i);
	for (i = 0; i < 64; i += 3)
		wrong += munmap(p + i * PAGE, PAGE) != 0;
	for (i = 0; i < 64; i++)
		wrong += i % 3 && p[i * PAGE] != (i % 2 ? 0 : i);
	IS(0, wrong);
	IS(0, munmap(p, 64 * PAGE));
}

int main(void)
{
	test_anonymous();
	test_refusals();
	test_places();
	test_holes();
	test_protection();
	test_reservation();
	test_execution();
	test_fork();
	test_resizing();
	test_many();
	return faults != 0;
}
