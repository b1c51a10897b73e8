/* SPDX-License-Identifier: MIT */
/*
 * The tree of names, files in memory, and generated files, through the calls that system calls use.
 */

#include <kernel/base/kunit.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/fs.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/gfp.h>
#include <mm/slab.h>

static struct file *open_or_null(const char *path, int flags)
{
	struct file *file = filp_open(path, flags, 0644);

	return IS_ERR(file) ? NULL : file;
}

static long open_error(const char *path, int flags)
{
	struct file *file = filp_open(path, flags, 0644);

	if (IS_ERR(file))
		return PTR_ERR(file);
	fput(file);
	return 0;
}

/* --- names --- */

static void namei_walks(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vfs_mkdir("/tmp/kunit", 0755), 0);
	KUNIT_EXPECT_EQ(test, vfs_mkdir("/tmp/kunit", 0755), -EEXIST);
	KUNIT_EXPECT_EQ(test, vfs_mkdir("//tmp///kunit/./a/", 0755), 0);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/a/../../kunit/f", O_WRONLY | O_CREAT), 0);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/f", O_RDONLY), 0);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/f", O_WRONLY | O_CREAT | O_EXCL), -EEXIST);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/f/", O_RDONLY), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/f/x", O_RDONLY), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/f", O_RDONLY | O_DIRECTORY), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/none", O_RDONLY), -ENOENT);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/none/f", O_WRONLY | O_CREAT), -ENOENT);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit", O_WRONLY), -EISDIR);
	KUNIT_EXPECT_EQ(test, open_error("", O_RDONLY), -ENOENT);
	KUNIT_EXPECT_EQ(test, open_error("/../../..", O_RDONLY), 0);
	KUNIT_EXPECT_EQ(test, open_error("/proc/nothing", O_WRONLY | O_CREAT), -EROFS);
	KUNIT_EXPECT_EQ(test, open_error("/proc/version", O_RDWR), -EACCES);
	KUNIT_EXPECT_EQ(test, open_error("/proc/version", O_RDONLY | O_TRUNC), -EACCES);

	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit", AT_REMOVEDIR), -ENOTEMPTY);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/a", 0), -EISDIR);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/f", AT_REMOVEDIR), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/.", AT_REMOVEDIR), -EINVAL);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/proc/version", 0), -EROFS);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/f", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/a", AT_REMOVEDIR), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit", AT_REMOVEDIR), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit", AT_REMOVEDIR), -ENOENT);
}

static void namei_name_lengths(struct kunit *test)
{
	char *path = kzalloc(NAME_MAX + 16, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, path);
	memcpy(path, "/tmp/", 5);
	memset(path + 5, 'n', NAME_MAX);
	KUNIT_EXPECT_EQ(test, open_error(path, O_WRONLY | O_CREAT), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink(path, 0), 0);
	path[5 + NAME_MAX] = 'n';
	KUNIT_EXPECT_EQ(test, open_error(path, O_WRONLY | O_CREAT), -ENAMETOOLONG);
	kfree(path);
}

static bool same_inode(const char *a, const char *b, int flags)
{
	struct inode *inode_a = path_lookup(a, flags), *inode_b = path_lookup(b, flags);
	bool same = !IS_ERR(inode_a) && inode_a == inode_b;

	if (!IS_ERR(inode_a))
		iput(inode_a);
	if (!IS_ERR(inode_b))
		iput(inode_b);
	return same;
}

static void symlinks_are_followed(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vfs_mkdir("/tmp/kunit", 0755), 0);
	KUNIT_EXPECT_EQ(test, vfs_mkdir("/tmp/kunit/dir", 0755), 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink("dir/../dir", "/tmp/kunit/relative"), 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink("/tmp/kunit/relative", "/tmp/kunit/absolute"), 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink("relative/new", "/tmp/kunit/dangling"), 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink("dir", "/tmp/kunit/relative"), -EEXIST);
	KUNIT_EXPECT_EQ(test, vfs_symlink("", "/tmp/kunit/empty"), -ENOENT);
	KUNIT_EXPECT_EQ(test, vfs_symlink("dir", "/proc/link"), -EROFS);

	KUNIT_EXPECT_TRUE(test, same_inode("/tmp/kunit/absolute", "/tmp/kunit/dir", 0));
	KUNIT_EXPECT_TRUE(test, same_inode("/tmp/kunit/absolute/..", "/tmp/kunit", 0));
	KUNIT_EXPECT_FALSE(test, same_inode("/tmp/kunit/absolute", "/tmp/kunit/dir",
					    AT_SYMLINK_NOFOLLOW));
	KUNIT_EXPECT_TRUE(test, same_inode("/tmp/kunit/absolute/", "/tmp/kunit/dir",
					   AT_SYMLINK_NOFOLLOW));

	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/dangling", O_RDONLY), -ENOENT);
	KUNIT_EXPECT_EQ(test, vfs_mkdir("/tmp/kunit/dangling", 0755), -EEXIST);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/dangling", O_WRONLY | O_CREAT | O_EXCL),
			-EEXIST);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/dangling", O_WRONLY | O_CREAT | O_NOFOLLOW),
			-ELOOP);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/dir/new", O_RDONLY), -ENOENT);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/dangling", O_WRONLY | O_CREAT), 0);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/dir/new", O_RDONLY), 0);
	KUNIT_EXPECT_TRUE(test, same_inode("/tmp/kunit/dangling", "/tmp/kunit/dir/new", 0));

	KUNIT_EXPECT_EQ(test, vfs_symlink("none/new", "/tmp/kunit/astray"), 0);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/astray", O_WRONLY | O_CREAT), -ENOENT);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/astray", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink("/proc/new", "/tmp/kunit/astray"), 0);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/kunit/astray", O_WRONLY | O_CREAT), -EROFS);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/astray", 0), 0);

	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/dangling", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/absolute/new", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/absolute", AT_REMOVEDIR), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/absolute", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/relative", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit/dir", AT_REMOVEDIR), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit", AT_REMOVEDIR), 0);
}

static void symlinks_come_to_an_end(struct kunit *test)
{
	char *target = kzalloc(PATH_MAX, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, target);
	KUNIT_EXPECT_EQ(test, vfs_symlink("/tmp/b", "/tmp/a"), 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink("a", "/tmp/b"), 0);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/a", O_RDONLY), -ELOOP);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/b/x", O_WRONLY | O_CREAT), -ELOOP);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/a", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/b", 0), 0);

	memset(target, '/', PATH_MAX - 2);
	KUNIT_EXPECT_EQ(test, vfs_symlink(target, "/tmp/a"), 0);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/a", O_RDONLY), 0);
	KUNIT_EXPECT_EQ(test, open_error("/tmp/a/proc", O_RDONLY), -ENAMETOOLONG);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/a", 0), 0);
	kfree(target);
}

static unsigned int links_of(const char *path)
{
	struct inode *inode = path_lookup(path, 0);
	unsigned int links = IS_ERR(inode) ? 0 : inode->i_nlink;

	if (links)
		iput(inode);
	return links;
}

static int link_error(const char *old, const char *path)
{
	struct inode *file = path_lookup(old, AT_SYMLINK_NOFOLLOW);
	int error = IS_ERR(file) ? PTR_ERR(file) : vfs_link(file, path);

	if (!IS_ERR(file))
		iput(file);
	return error;
}

static void hard_links_are_names(struct kunit *test)
{
	struct file *file = open_or_null("/tmp/first", O_RDWR | O_CREAT);
	loff_t pos = 0;
	char buf[8];

	KUNIT_ASSERT_NOT_NULL(test, file);
	KUNIT_EXPECT_EQ(test, link_error("/tmp/first", "/tmp/second"), 0);
	KUNIT_EXPECT_EQ(test, link_error("/tmp/second", "/tmp/third"), 0);
	KUNIT_EXPECT_EQ(test, link_error("/tmp/first", "/tmp/second"), -EEXIST);
	KUNIT_EXPECT_EQ(test, link_error("/tmp/none", "/tmp/fourth"), -ENOENT);
	KUNIT_EXPECT_EQ(test, link_error("/tmp", "/tmp/fourth"), -EPERM);
	KUNIT_EXPECT_EQ(test, link_error("/proc/version", "/tmp/fourth"), -EXDEV);
	KUNIT_EXPECT_EQ(test, links_of("/tmp/first"), 3U);
	KUNIT_EXPECT_TRUE(test, same_inode("/tmp/first", "/tmp/third", 0));

	KUNIT_EXPECT_EQ(test, kernel_write(file, "text", 4, &pos), 4);
	fput(file);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/first", 0), 0);
	KUNIT_EXPECT_EQ(test, links_of("/tmp/third"), 2U);
	KUNIT_EXPECT_EQ(test, vfs_rename("/tmp/second", "/tmp/third", 0), 0); /* does nothing */
	KUNIT_EXPECT_EQ(test, vfs_rename("/tmp/second", "/tmp/fourth", 0), 0);
	KUNIT_EXPECT_EQ(test, links_of("/tmp/fourth"), 2U);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/fourth", 0), 0);
	KUNIT_EXPECT_EQ(test, links_of("/tmp/third"), 1U);
	file = open_or_null("/tmp/third", O_RDONLY);
	KUNIT_ASSERT_NOT_NULL(test, file);
	pos = 0;
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, sizeof(buf), &pos), 4);
	KUNIT_EXPECT_EQ(test, memcmp(buf, "text", 4), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/third", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_link(file->f_inode, "/tmp/third"), -ENOENT);
	fput(file);
}

static void getpath_goes_back(struct kunit *test)
{
	struct inode *dir = path_lookup("/sys/kernel/../kernel/debug", 0);
	char buf[64];

	KUNIT_ASSERT_FALSE(test, IS_ERR(dir));
	KUNIT_EXPECT_EQ(test, vfs_getpath(dir, buf, sizeof(buf)), 18);
	KUNIT_EXPECT_STREQ(test, buf, "/sys/kernel/debug");
	KUNIT_EXPECT_EQ(test, vfs_getpath(dir, buf, 18), 18);
	KUNIT_EXPECT_EQ(test, vfs_getpath(dir, buf, 17), -ERANGE);
	KUNIT_EXPECT_EQ(test, vfs_getpath(root_inode, buf, sizeof(buf)), 2);
	KUNIT_EXPECT_STREQ(test, buf, "/");
	iput(dir);
}

/* --- files in memory --- */

static void ramfs_reads_back(struct kunit *test)
{
	struct file *file = open_or_null("/tmp/kunit", O_RDWR | O_CREAT | O_TRUNC);
	loff_t pos = 4000;
	char buf[300];

	KUNIT_ASSERT_NOT_NULL(test, file);
	memset(buf, 'a', sizeof(buf));
	KUNIT_EXPECT_EQ(test, kernel_write(file, buf, sizeof(buf), &pos), 300);
	KUNIT_EXPECT_EQ(test, pos, 4300);
	pos = 3999;
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, 2, &pos), 2);
	KUNIT_EXPECT_EQ(test, buf[0], '\0');
	KUNIT_EXPECT_EQ(test, buf[1], 'a');
	pos = 4100;
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, sizeof(buf), &pos), 200);
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, sizeof(buf), &pos), 0);
	pos = 1LL << 40;
	KUNIT_EXPECT_EQ(test, kernel_write(file, buf, 1, &pos), -EFBIG);
	KUNIT_EXPECT_EQ(test, vfs_write(file, (__force char __user *)buf, 1), -EFAULT);
	KUNIT_EXPECT_EQ(test, vfs_llseek(file, -1, SEEK_SET), -EINVAL);
	KUNIT_EXPECT_EQ(test, vfs_llseek(file, -300, SEEK_END), 4000);
	fput(file);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit", 0), 0);
}

/* An unlinked file lives until it is closed, and then gives every page back. */
static void ramfs_frees(struct kunit *test)
{
	unsigned long before;
	struct file *file;
	loff_t pos = 0;
	char *buf = kzalloc(4096, GFP_KERNEL);
	int i, round;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	for (round = 0; round < 3; round++) {
		before = nr_free_pages();
		file = open_or_null("/tmp/kunit", O_RDWR | O_CREAT);
		KUNIT_ASSERT_NOT_NULL(test, file);
		for (i = 0, pos = 0; i < 64; i++)
			KUNIT_EXPECT_EQ(test, kernel_write(file, buf, 4096, &pos), 4096);
		KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/kunit", 0), 0);
		KUNIT_EXPECT_LT(test, nr_free_pages(), before - 63);
		fput(file);
	}
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	kfree(buf);
}

/* --- generated files --- */

static unsigned int rows_shown;

/* 2000 rows of 10 characters: several times the buffer. Row 1000 is longer than the buffer. */
static bool numbers_show(struct seq_buf *seq, struct seq_pos *pos)
{
	int i;

	if (pos->key == 2000)
		return false;
	rows_shown++;
	for (i = 0; i < (pos->key == 1000 ? 1000 : 1); i++)
		seq_buf_printf(seq, "line %4d\n", (int)pos->key);
	pos->key++;
	return true;
}

static void procfs_odd_offsets(struct kunit *test)
{
	char expected[16], buf[16];
	struct file *file;
	loff_t pos;
	int i;

	KUNIT_ASSERT_EQ(test, proc_create_seq("/sys/kunit/numbers", numbers_show), 0);
	file = open_or_null("/sys/kunit/numbers", O_RDONLY);
	KUNIT_ASSERT_NOT_NULL(test, file);
	pos = 0;
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, 7, &pos), 7);
	for (i = 1; i < 3000; i += 97) {
		pos = i * 10 + 3;
		snprintf(expected, sizeof(expected), "e %4d\n", i < 1000 ? i : max(1000, i - 999));
		KUNIT_EXPECT_EQ(test, kernel_read(file, buf, 7, &pos), 7);
		KUNIT_EXPECT_EQ(test, memcmp(buf, expected, 7), 0);
	}
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, 0, &pos), 0);
	pos = 29985;
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, 16, &pos), 5);
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, 16, &pos), 0);
	/* Once each, and once more where a buffer was full: not from the start for each read. */
	KUNIT_EXPECT_TRUE(test, rows_shown > 1999 && rows_shown < 2020);
	pos = 13; /* backwards */
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, 7, &pos), 7);
	KUNIT_EXPECT_EQ(test, memcmp(buf, "e    1\n", 7), 0);
	fput(file);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/sys/kunit/numbers", 0), -EROFS);
}

/* A row that is read in two parts is the row as it was when it was made. */
static unsigned int generation;

static void generation_show(struct seq_buf *seq)
{
	generation++;
	seq_buf_printf(seq, "%u%u%u%u\n", generation, generation, generation, generation);
}

static void procfs_text_is_made_from_position_0(struct kunit *test)
{
	struct file *file;
	loff_t pos = 0;
	char buf[8];

	KUNIT_ASSERT_EQ(test, proc_create_single("/sys/kunit/generation", generation_show), 0);
	file = open_or_null("/sys/kunit/generation", O_RDONLY);
	KUNIT_ASSERT_NOT_NULL(test, file);
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, 2, &pos), 2);
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf + 2, 6, &pos), 3);
	KUNIT_EXPECT_EQ(test, memcmp(buf, "1111\n", 5), 0);
	pos = 0;
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, 8, &pos), 5);
	KUNIT_EXPECT_EQ(test, memcmp(buf, "2222\n", 5), 0);
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, 6, &pos), 0);
	fput(file);
}

static const struct kunit_case fs_cases[] = {
	KUNIT_CASE(namei_walks),
	KUNIT_CASE(namei_name_lengths),
	KUNIT_CASE(symlinks_are_followed),
	KUNIT_CASE(symlinks_come_to_an_end),
	KUNIT_CASE(hard_links_are_names),
	KUNIT_CASE(getpath_goes_back),
	KUNIT_CASE(ramfs_reads_back),
	KUNIT_CASE(ramfs_frees),
	KUNIT_CASE(procfs_odd_offsets),
	KUNIT_CASE(procfs_text_is_made_from_position_0),
	{},
};

static const struct kunit_suite fs_suite = {
	.name = "fs",
	.cases = fs_cases,
};
kunit_test_suite(fs_suite);
