/* SPDX-License-Identifier: MIT */
/* The part of calltest that is about paths: links, flags, names that are wrong. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "calltest.h"

/* A link's text has no NUL, and is cut at the size of the buffer. */
static void test_link_text(void)
{
	ssize_t length;

	memset(buf, 'x', sizeof(buf));
	length = raw_system_call(readlinkat, AT_FDCWD, "/proc/self/exe", buf, sizeof(buf));
	expect(__LINE__, "exe", 0, length > 8 ? memcmp(buf + length - 8, "calltest", 8) : length);
	expect(__LINE__, "the byte behind", 'x', buf[length]);
	memset(buf, 'x', sizeof(buf));
	GIVES(3, readlinkat, AT_FDCWD, "/proc/self/exe", buf, 3);
	expect(__LINE__, "the byte behind", 'x', buf[3]);
	GIVES(-EINVAL, readlinkat, AT_FDCWD, "/proc/self/exe", buf, 0);
	GIVES(-EINVAL, readlinkat, AT_FDCWD, "/proc/version", buf, sizeof(buf));
}

static void test_names(void)
{
	GIVES(-ENOENT, openat, AT_FDCWD, "", O_RDONLY, 0);
	GIVES(-ENOENT, openat, AT_FDCWD, "calltest/none", O_RDONLY, 0);
	GIVES(-ENOENT, openat, AT_FDCWD, "calltest/none/x", O_RDWR | O_CREAT, 0777);
	GIVES(-ENOTDIR, openat, AT_FDCWD, "calltest/file/x", O_RDONLY, 0);
	GIVES(-ENOTDIR, openat, AT_FDCWD, "calltest/file", O_DIRECTORY, 0);
	GIVES(-EEXIST, openat, AT_FDCWD, "calltest/file", O_CREAT | O_EXCL, 0);
	GIVES(-EISDIR, openat, AT_FDCWD, "calltest", O_WRONLY, 0);
	GIVES(-ENAMETOOLONG, openat, AT_FDCWD, long_name, O_RDONLY, 0);
	GIVES(-ENAMETOOLONG, mkdirat, AT_FDCWD, long_name + sizeof(long_name) - 257, 0777);
	GIVES(-EEXIST, mkdirat, AT_FDCWD, "calltest/file", 0777);
	GIVES(-EEXIST, mkdirat, AT_FDCWD, "/", 0777);
	GIVES(-EISDIR, unlinkat, AT_FDCWD, "calltest", 0);
	GIVES(-EINVAL, unlinkat, AT_FDCWD, "calltest", 1);
	GIVES(-ENOTEMPTY, unlinkat, AT_FDCWD, "calltest", AT_REMOVEDIR);
	GIVES(-ENOTDIR, unlinkat, AT_FDCWD, "calltest/file", AT_REMOVEDIR);
	GIVES(-ENOTDIR, unlinkat, AT_FDCWD, "calltest/file/", 0);
	GIVES(-ENOTDIR, openat, AT_FDCWD, "calltest/file/", O_RDONLY, 0);
	GIVES(-EISDIR, openat, AT_FDCWD, "calltest/new/", O_WRONLY | O_CREAT, 0666);
	GIVES(-EINVAL, unlinkat, AT_FDCWD, "calltest/.", AT_REMOVEDIR);
	GIVES(-ENOTDIR, chdir, "calltest/file");
	GIVES(-ERANGE, getcwd, buf, 1);
	GIVES(-ENOENT, statx, AT_FDCWD, "", 0, STATX_BASIC_STATS, buf);
	GIVES(-EINVAL, statx, AT_FDCWD, ".", 0x40000000, STATX_BASIC_STATS, buf);
	GIVES(0, statx, AT_FDCWD, "", AT_EMPTY_PATH, STATX_BASIC_STATS, buf);
	GIVES(-ENOENT, execve, "calltest/none", NULL, NULL);
	GIVES(-EACCES, execve, "calltest", NULL, NULL);
	close(file); /* a program that is open for writing cannot be run */
	GIVES(-ENOEXEC, execve, "calltest/file", NULL, NULL);
}

/* The bit that no call knows. */
#define UNKNOWN 0x40000000

#ifdef __NR_newfstatat
#define __NR_stat_at __NR_newfstatat
#else
#define __NR_stat_at __NR_fstatat64
#endif

/* Each call that has flags refuses the ones that it does not know, and those that contradict. */
static void test_flags(void)
{
	static const struct __kernel_old_timespec times[][2] = { { { 0, -1 }, { 0, 0 } },
								 { { 0, 0 }, { 0, 1000000000 } } };

	GIVES(-EINVAL, linkat, AT_FDCWD, "calltest/file", AT_FDCWD, "calltest/new", UNKNOWN);
	GIVES(-EINVAL, linkat, AT_FDCWD, "calltest/file", AT_FDCWD, "calltest/new",
	      AT_SYMLINK_NOFOLLOW);
	GIVES(-EINVAL, unlinkat, AT_FDCWD, "calltest/file", UNKNOWN);
	GIVES(-EINVAL, renameat2, AT_FDCWD, "calltest/file", AT_FDCWD, "calltest/new", UNKNOWN);
	GIVES(-EINVAL, fchownat, AT_FDCWD, "calltest/file", -1, -1, UNKNOWN);
	GIVES(-EINVAL, faccessat, AT_FDCWD, "calltest/file", 8);
	GIVES(-EINVAL, utimensat, AT_FDCWD, "calltest/file", NULL, UNKNOWN);
	GIVES(-EINVAL, utimensat, file, NULL, NULL, AT_SYMLINK_NOFOLLOW);
	GIVES(-EFAULT, utimensat, AT_FDCWD, NULL, NULL, 0);
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		GIVES(-EINVAL, utimensat, AT_FDCWD, "calltest/file", times[i], 0);
	GIVES(-EINVAL, stat_at, AT_FDCWD, "calltest/file", buf, UNKNOWN);
	GIVES(-EINVAL, statx, AT_FDCWD, "calltest/file", UNKNOWN, STATX_BASIC_STATS, buf);
	GIVES(-EINVAL, statx, AT_FDCWD, "calltest/file", 0, 0x80000000, buf);
	GIVES(-EINVAL, statx, AT_FDCWD, "calltest/file", 0x6000, STATX_BASIC_STATS, buf);
	GIVES(0, statx, AT_FDCWD, "calltest/file", 0x4000, STATX_BASIC_STATS, buf);
	GIVES(-EINVAL, getrandom, buf, 1, UNKNOWN);
	GIVES(-EINVAL, getrandom, buf, 1, 6);
	GIVES(1, getrandom, buf, 1, 4);
}

/* What a link leads to is made or linked only where the call says so. */
static void test_links(void)
{
	struct statx *facts = (struct statx *)buf;

	GIVES(0, symlinkat, "new", AT_FDCWD, "calltest/link");
	GIVES(-ENOENT, openat, AT_FDCWD, "calltest/link", O_WRONLY, 0);
	GIVES(-EEXIST, openat, AT_FDCWD, "calltest/link", O_WRONLY | O_CREAT | O_EXCL, 0666);
	GIVES(-ELOOP, openat, AT_FDCWD, "calltest/link", O_WRONLY | O_CREAT | O_NOFOLLOW, 0666);
	GIVES(-ENOENT, linkat, AT_FDCWD, "calltest/link", AT_FDCWD, "calltest/more",
	      AT_SYMLINK_FOLLOW);
	close(open("calltest/link", O_WRONLY | O_CREAT, 0666));
	GIVES(0, linkat, AT_FDCWD, "calltest/link", AT_FDCWD, "calltest/more", AT_SYMLINK_FOLLOW);
	GIVES(0, statx, AT_FDCWD, "calltest/new", 0, STATX_BASIC_STATS, facts);
	expect(__LINE__, "stx_nlink", 2, facts->stx_nlink);
	GIVES(0, unlinkat, AT_FDCWD, "calltest/more", 0);
	GIVES(0, linkat, AT_FDCWD, "calltest/link", AT_FDCWD, "calltest/more", 0);
	GIVES(0, statx, AT_FDCWD, "calltest/link", AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, facts);
	expect(__LINE__, "stx_nlink", 2, facts->stx_nlink);
	GIVES(-EPERM, linkat, AT_FDCWD, "calltest", AT_FDCWD, "calltest/dir", 0);
	GIVES(-EEXIST, linkat, AT_FDCWD, "calltest/file", AT_FDCWD, "calltest/more", 0);
	GIVES(-ENOENT, linkat, AT_FDCWD, "", AT_FDCWD, "calltest/dir", 0);
#ifdef __NR_link
	GIVES(0, unlinkat, AT_FDCWD, "calltest/more", 0);
	GIVES(0, link, "calltest/file", "calltest/more");
#endif
	GIVES(0, unlinkat, AT_FDCWD, "calltest/more", 0);
	GIVES(0, unlinkat, AT_FDCWD, "calltest/link", 0);
	GIVES(0, unlinkat, AT_FDCWD, "calltest/new", 0);
}

/* What is entered, opened through a link of /proc, or made without being opened, is let go. */
static void test_visits(void)
{
	int fd = open("/proc/self/exe", O_RDONLY);

	GIVES(4, read, fd, buf, 4);
	expect(__LINE__, "exe", 0, memcmp(buf, "\177ELF", 4));
	close(fd);
	GIVES(0, mkdirat, AT_FDCWD, "calltest/dir", 0777);
	GIVES(0, chdir, "calltest/dir");
	GIVES(0, mknodat, AT_FDCWD, "node", S_IFREG | 0600, 0);
	GIVES(-EEXIST, mknodat, AT_FDCWD, "node", S_IFREG | 0600, 0);
	GIVES(0, unlinkat, AT_FDCWD, "node", 0);
	GIVES(0, chdir, "../..");
	GIVES(0, unlinkat, AT_FDCWD, "calltest/dir", AT_REMOVEDIR);
}

void test_paths(void)
{
	test_link_text();
	test_visits();
	test_flags();
	test_links();
	test_names();
}
