/* SPDX-License-Identifier: MIT */
/* Pipes: order, the ring's end, a full pipe, a closed end. In the kernel only. */

#include <kernel/base/kunit.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/sched/sched.h>
#include <mm/gfp.h>
#include <mm/slab.h>

static ssize_t put(struct file *file, const void *buf, size_t count)
{
	loff_t pos = 0;

	return kernel_write(file, buf, count, &pos);
}

static ssize_t take(struct file *file, void *buf, size_t count)
{
	loff_t pos = 0;

	return kernel_read(file, buf, count, &pos);
}

static void pipe_keeps_order(struct kunit *test)
{
	struct file *files[2];
	char buf[16] = "";

	KUNIT_ASSERT_EQ(test, create_pipe_files(files, 0), 0);
	KUNIT_EXPECT_EQ(test, put(files[1], "abc", 3), 3);
	KUNIT_EXPECT_EQ(test, put(files[1], "def", 3), 3);
	KUNIT_EXPECT_EQ(test, take(files[0], buf, 2), 2);
	KUNIT_EXPECT_STREQ(test, buf, "ab");
	KUNIT_EXPECT_EQ(test, take(files[0], buf, sizeof(buf)), 4);
	KUNIT_EXPECT_EQ(test, memcmp(buf, "cdef", 4), 0);
	fput(files[0]);
	fput(files[1]);
}

/* 3000 bytes at a time run over the end of a ring of 4096 at changing places. */
static void pipe_wraps(struct kunit *test)
{
	u8 *data = kmalloc(3000, GFP_KERNEL), *back = kzalloc(3000, GFP_KERNEL);
	struct file *files[2];
	int round, i;

	KUNIT_ASSERT_TRUE(test, (data && back));
	KUNIT_ASSERT_EQ(test, create_pipe_files(files, 0), 0);
	for (round = 0; round < 8; round++) {
		for (i = 0; i < 3000; i++)
			data[i] = (u8)(i * 7 + round);
		KUNIT_EXPECT_EQ(test, put(files[1], data, 3000), 3000);
		KUNIT_EXPECT_EQ(test, take(files[0], back, 3000), 3000);
		KUNIT_EXPECT_EQ(test, memcmp(data, back, 3000), 0);
	}
	fput(files[0]);
	fput(files[1]);
	kfree(data);
	kfree(back);
}

static void pipe_ends(struct kunit *test)
{
	struct file *files[2];
	char buf[4];

	KUNIT_ASSERT_EQ(test, create_pipe_files(files, 0), 0);
	KUNIT_EXPECT_EQ(test, take(files[1], buf, 1), -EBADF);
	KUNIT_EXPECT_EQ(test, put(files[0], buf, 1), -EBADF);
	KUNIT_EXPECT_EQ(test, put(files[1], "x", 1), 1);
	fput(files[1]);
	KUNIT_EXPECT_EQ(test, take(files[0], buf, 4), 1);
	KUNIT_EXPECT_EQ(test, take(files[0], buf, 4), 0);
	fput(files[0]);

	KUNIT_ASSERT_EQ(test, create_pipe_files(files, 0), 0);
	fput(files[0]);
	KUNIT_EXPECT_EQ(test, put(files[1], "x", 1), -EPIPE);
	fput(files[1]);
}

static int fill_pipe(void *file)
{
	char *data = kzalloc(10000, GFP_KERNEL);

	put(file, data, 10000);
	kfree(data);
	fput(file);
	return 0;
}

/*
 * A writer with more than fits sleeps until the reader has made room, and the reader sees all of
 * it.
 */
static void pipe_blocks_writer(struct kunit *test)
{
	struct file *files[2];
	size_t total = 0;
	char buf[512];
	ssize_t bytes;

	KUNIT_ASSERT_EQ(test, create_pipe_files(files, 0), 0);
	kthread_run(fill_pipe, files[1], "fill_pipe");
	while ((bytes = take(files[0], buf, sizeof(buf))) > 0)
		total += bytes;
	KUNIT_EXPECT_EQ(test, total, 10000u);
	KUNIT_EXPECT_EQ(test, bytes, 0);
	fput(files[0]);
}

static int close_later(void *file)
{
	msleep(20);
	fput(file);
	return 0;
}

/* A reader that sleeps learns that the last writer has gone. */
static void pipe_close_wakes_reader(struct kunit *test)
{
	struct file *files[2];
	char byte;

	KUNIT_ASSERT_EQ(test, create_pipe_files(files, 0), 0);
	kthread_run(close_later, files[1], "close_later");
	KUNIT_EXPECT_EQ(test, take(files[0], &byte, 1), 0);
	fput(files[0]);
}

static void pipe_bad_pointer(struct kunit *test)
{
	struct file *files[2];
	char kernel_byte = 'x';

	KUNIT_ASSERT_EQ(test, create_pipe_files(files, 0), 0);
	KUNIT_EXPECT_EQ(test, vfs_write(files[1], (__force char __user *)&kernel_byte, 1), -EFAULT);
	KUNIT_EXPECT_EQ(test, put(files[1], "y", 1), 1);
	KUNIT_EXPECT_EQ(test, vfs_read(files[0], (__force char __user *)&kernel_byte, 1), -EFAULT);
	KUNIT_EXPECT_EQ(test, kernel_byte, 'x');
	KUNIT_EXPECT_EQ(test, take(files[0], &kernel_byte, 1), 1);
	KUNIT_EXPECT_EQ(test, kernel_byte, 'y');
	fput(files[0]);
	fput(files[1]);
}

static const struct kunit_case pipe_cases[] = {
	KUNIT_CASE(pipe_keeps_order),
	KUNIT_CASE(pipe_wraps),
	KUNIT_CASE(pipe_ends),
	KUNIT_CASE(pipe_blocks_writer),
	KUNIT_CASE(pipe_close_wakes_reader),
	KUNIT_CASE(pipe_bad_pointer),
	{},
};

static const struct kunit_suite pipe_suite = {
	.name = "pipe",
	.cases = pipe_cases,
};
kunit_test_suite(pipe_suite);
