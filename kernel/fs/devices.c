/* SPDX-License-Identifier: MIT */
/*
 * The device files that need no driver: /dev/null, /dev/zero, and the terminal's names.
 *
 * Linux counterpart: drivers/char/mem.c, drivers/tty/tty_io.c (there found by device number)
 */

#include <kernel/base/initcall.h>
#include <kernel/fs/fs.h>
#include <kernel/fs/tty.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/remap.h>

static ssize_t read_null(struct kiocb *iocb, struct iov_iter *to)
{
	return 0;
}

static ssize_t write_null(struct kiocb *iocb, struct iov_iter *from)
{
	size_t count = from->count;

	from->count = 0;
	return count;
}

static ssize_t read_zero(struct kiocb *iocb, struct iov_iter *to)
{
	size_t count = to->count, done = iov_iter_zero(count, to);

	return count && !done ? -EFAULT : (ssize_t)done;
}

/* Memory, as that of an anonymous area. */
static int mmap_zero(struct file *file, struct vm_area_struct *vma)
{
	return vm_insert_zeroes(vma);
}

static const struct file_operations null_fops = {
	.read_iter = read_null,
	.write_iter = write_null,
};

static const struct file_operations zero_fops = {
	.read_iter = read_zero,
	.write_iter = write_null,
	.mmap = mmap_zero,
};

static const struct {
	const char *path;
	void *number;
	const struct file_operations *fops;
} devices[] = {
	{ "/dev/null", MKDEV(1, 3), &null_fops },
	{ "/dev/zero", MKDEV(1, 5), &zero_fops },
	{ "/dev/tty", MKDEV(5, 0), &tty_file_operations },
	{ "/dev/console", MKDEV(5, 1), &tty_file_operations },
};

static int __init devices_init(void)
{
	size_t i;
	int error = 0;

	for (i = 0; i < ARRAY_SIZE(devices) && !error; i++)
		error = vfs_add(devices[i].path, S_IFCHR | 0666, NULL, devices[i].fops,
				devices[i].number);
	return error;
}
fs_initcall(devices_init);
