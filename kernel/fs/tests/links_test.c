/* SPDX-License-Identifier: MIT */
/*
 * Symbolic links, other names for what is there, and files made shorter and longer. Each case ends
 * with as many objects in use as it began with: no inode is held by a path that was forgotten.
 */

#include <kernel/base/kunit.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/string.h>
#include <mm/tests/slabinfo_check.h>

#define DIR "/tmp/links"

static long open_error(const char *path, int flags)
{
	struct file *file = filp_open(path, flags, 0644);

	if (IS_ERR(file))
		return PTR_ERR(file);
	fput(file);
	return 0;
}

/* The inode number at path, or the error, which is negative. */
static long number_of(const char *path, int flags)
{
	struct inode *inode = path_lookup(path, flags);
	long number;

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	number = inode->i_ino;
	iput(inode);
	return number;
}

static void make_files(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, vfs_mkdir(DIR, 0755), 0);
	KUNIT_ASSERT_EQ(test, vfs_mkdir(DIR "/dir", 0755), 0);
	KUNIT_ASSERT_EQ(test, open_error(DIR "/dir/file", O_WRONLY | O_CREAT), 0);
}

static void remove_files(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vfs_unlink(DIR "/dir/file", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink(DIR "/dir", AT_REMOVEDIR), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink(DIR, AT_REMOVEDIR), 0);
}

static void links_are_followed(struct kunit *test)
{
	long file;

	make_files(test);
	file = number_of(DIR "/dir/file", 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink("dir", DIR "/relative"), 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink(DIR "/relative/", DIR "/absolute"), 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink("../absolute/./file", DIR "/dir/last"), 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink("dir", DIR "/relative"), -EEXIST);
	KUNIT_EXPECT_EQ(test, vfs_symlink("dir", "/proc/link"), -EROFS);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/relative/file", 0), file);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/absolute/file", 0), file);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/dir/last", 0), file);
	KUNIT_EXPECT_NE(test, number_of(DIR "/dir/last", AT_SYMLINK_NOFOLLOW), file);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/dir/last/", AT_SYMLINK_NOFOLLOW), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/relative/", AT_SYMLINK_NOFOLLOW),
			number_of(DIR "/dir", 0));
	KUNIT_EXPECT_EQ(test, open_error(DIR "/dir/last", O_RDONLY | O_NOFOLLOW), -ELOOP);
	KUNIT_EXPECT_EQ(test, open_error(DIR "/dir/last", O_WRONLY | O_CREAT), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink(DIR "/dir/last", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink(DIR "/relative", 0), 0);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/absolute/file", 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, vfs_unlink(DIR "/absolute", 0), 0);
	remove_files(test);
}

static void circles_of_links_end(struct kunit *test)
{
	make_files(test);
	KUNIT_EXPECT_EQ(test, vfs_symlink("b", DIR "/a"), 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink("a", DIR "/b"), 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink("c/c", DIR "/c"), 0);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/a", 0), -ELOOP);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/a/x", 0), -ELOOP);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/c", 0), -ELOOP);
	KUNIT_EXPECT_EQ(test, vfs_unlink(DIR "/a", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink(DIR "/b", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_unlink(DIR "/c", 0), 0);
	remove_files(test);
}

static void files_get_other_names(struct kunit *test)
{
	long file, dir;

	make_files(test);
	file = number_of(DIR "/dir/file", 0);
	dir = number_of(DIR "/dir", 0);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/dir/file", DIR "/other", 0), 0);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/dir/file", 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/other", 0), file);
	KUNIT_EXPECT_EQ(test, open_error(DIR "/victim", O_WRONLY | O_CREAT), 0);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/other", DIR "/victim", RENAME_NOREPLACE), -EEXIST);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/other", DIR "/victim", 0), 0);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/victim", 0), file);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/victim", DIR "/victim", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/victim", DIR "/dir", 0), -EISDIR);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/dir", DIR "/victim", 0), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/victim", DIR "/new/", 0), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/none", DIR "/new", 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/victim", "/proc/new", 0), -EROFS);
	KUNIT_EXPECT_EQ(test, vfs_rename("/proc/version", DIR "/new", 0), -EROFS);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/dir", DIR "/dir/below", 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/dir/.", DIR "/new", 0), -EBUSY);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/victim", DIR "/dir/file", 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_mkdir(DIR "/empty", 0755), 0);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/empty", DIR "/dir", 0), -ENOTEMPTY);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/dir", DIR "/empty", 0), 0);
	KUNIT_EXPECT_EQ(test, number_of(DIR "/empty", 0), dir);
	KUNIT_EXPECT_EQ(test, vfs_rename(DIR "/empty", DIR "/dir", 0), 0);
	remove_files(test);
}

static void shortened_files_have_zeroes_behind(struct kunit *test)
{
	struct file *file = filp_open("/tmp/shortened", O_RDWR | O_CREAT, 0644);
	struct inode *inode;
	char buf[16] = "";
	loff_t pos = 0;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	inode = file->f_inode;
	KUNIT_EXPECT_EQ(test, kernel_write(file, "0123456789", 10, &pos), 10);
	KUNIT_EXPECT_EQ(test, inode->i_op->truncate(inode, 4), 0);
	KUNIT_EXPECT_EQ(test, inode->i_op->truncate(inode, 9000), 0);
	KUNIT_EXPECT_EQ(test, inode->i_size, 9000ll);
	pos = 0;
	KUNIT_EXPECT_EQ(test, kernel_read(file, buf, 10, &pos), 10);
	KUNIT_EXPECT_EQ(test, memcmp(buf, "0123\0\0\0\0\0\0", 10), 0);
	KUNIT_EXPECT_EQ(test, inode->i_op->truncate(inode, 1LL << 40), -EFBIG);
	KUNIT_EXPECT_EQ(test, inode->i_size, 9000ll);
	fput(file);
	KUNIT_EXPECT_EQ(test, vfs_unlink("/tmp/shortened", 0), 0);
}

static const struct kunit_case links_cases[] = {
	KUNIT_CASE(links_are_followed),
	KUNIT_CASE(circles_of_links_end),
	KUNIT_CASE(files_get_other_names),
	KUNIT_CASE(shortened_files_have_zeroes_behind),
	{},
};

static unsigned long objects_before;

static unsigned long objects_in_use(void)
{
	unsigned long sum = 0;
	const char *row;

	read_slabinfo();
	for (row = strstr(slabinfo, "\nkmalloc-"); row; row = strstr(row + 1, "\nkmalloc-"))
		sum += number_in(row + 1, ACTIVE_OBJS);
	return sum;
}

static int count_objects(struct kunit *test)
{
	objects_before = objects_in_use();
	return 0;
}

static void expect_as_many_objects(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, objects_in_use(), objects_before);
}

static const struct kunit_suite links_suite = {
	.name = "links",
	.init = count_objects,
	.exit = expect_as_many_objects,
	.cases = links_cases,
};
kunit_test_suite(links_suite);
