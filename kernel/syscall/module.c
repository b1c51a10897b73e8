/* SPDX-License-Identifier: MIT */
/*
 * System calls that load and remove modules. The file is copied as a whole before anything in it is
 * looked at, so that it cannot change meanwhile.
 *
 * Linux counterpart: kernel/module/main.c. The text of parameters is accepted and not used.
 */
#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <kernel/module/loader.h>
#include <kernel/syscall/syscall.h>
#include <mm/uaccess.h>
#include <mm/vmalloc.h>
#include <mm/watermark.h>

#define FILE_MAX SZ_64M

/* Memory for a copy of size bytes. NULL when that is 0, too much, or memory is short. */
static void *alloc_copy(u64 size)
{
	if (!size || size > FILE_MAX || !pages_to_spare(DIV_ROUND_UP(size, PAGE_SIZE)))
		return NULL;
	return vmalloc(size);
}

SYSCALL_DEFINE3(init_module, const void __user *, image, unsigned long, size, const char __user *,
		args)
{
	struct load_info info = { .name = "(from memory)", .size = size };
	int err;

	info.file = alloc_copy(size);
	if (!info.file)
		return size ? -ENOMEM : -ENOEXEC;
	err = copy_from_user(info.file, image, size) ? -EFAULT : load_module(&info);
	vfree(info.file);
	return err;
}

/* Reads the whole file; a short read means that it became shorter. */
static int read_file(struct file *file, struct load_info *info)
{
	loff_t pos = 0;
	ssize_t n = kernel_read(file, info->file, info->size, &pos);

	if (n < 0)
		return n;
	info->size = n;
	return 0;
}

static int load_file(struct file *file)
{
	struct load_info info = {};
	int err;

	if (!file->f_inode || !S_ISREG(file->f_inode->i_mode))
		return -EINVAL;
	info.name = file->f_inode->i_name;
	info.size = file->f_inode->i_size;
	info.file = alloc_copy(file->f_inode->i_size);
	if (!info.file)
		return info.size ? -ENOMEM : refuse(&info, "the file is empty");
	err = read_file(file, &info);
	err = err ?: load_module(&info);
	vfree(info.file);
	return err;
}

SYSCALL_DEFINE3(finit_module, int, fd, const char __user *, args, int, flags)
{
	struct file *file;
	int err;

	if (flags)
		return -EINVAL;
	file = fget(fd);
	if (!file)
		return -EBADF;
	err = load_file(file);
	fput(file);
	return err;
}

SYSCALL_DEFINE2(delete_module, const char __user *, user_name, unsigned int, flags)
{
	char name[MODULE_NAME_LEN];
	long len = strncpy_from_user(name, user_name, sizeof(name));

	if (len < 0)
		return len;
	return len < (long)sizeof(name) ? remove_module(name) : -ENOENT; /* longer than any name */
}
