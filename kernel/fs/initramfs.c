/* SPDX-License-Identifier: MIT */
/*
 * The first files: a newc archive, brought by the boot loader, becomes part of the tree.
 *
 * Linux counterpart: init/initramfs.c (there also compressed, and several archives in a row)
 */

#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/cpio.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>

static int __init write_file(const char *path, const struct cpio_entry *entry)
{
	struct file *file;
	loff_t pos = 0;
	ssize_t written;

	file = filp_open(path, O_WRONLY | O_CREAT | O_TRUNC, entry->mode & 07777);
	if (IS_ERR(file))
		return PTR_ERR(file);
	written = kernel_write(file, entry->data, entry->size, &pos);
	fput(file);
	if (written < 0)
		return written;
	return (size_t)written == entry->size ? 0 : -ENOSPC;
}

/* A directory that is there already is as good as a new one. */
static int __init make_directory(const char *path, umode_t mode)
{
	int error = vfs_mkdir(path, mode);

	return error == -EEXIST ? 0 : error;
}

/*
 * Device files are left out: /dev is made by those who own the devices. So are links, with a word.
 */
static int __init unpack_entry(const struct cpio_entry *entry)
{
	char path[NAME_MAX + 2];
	int error;

	path[0] = '/';
	if (strscpy(path + 1, entry->name, sizeof(path) - 1) < 0)
		return -ENAMETOOLONG;
	error = vfs_mkdir_parents(path);
	if (error)
		return error;
	if (S_ISDIR(entry->mode))
		return make_directory(path, entry->mode);
	if (S_ISREG(entry->mode))
		return write_file(path, entry);
	if (!S_ISCHR(entry->mode))
		pr_warn("initramfs: %s: neither a file nor a directory, left out\n", path);
	return 0;
}

int __init initramfs_unpack(const void *start, size_t size)
{
	struct cpio_cursor cursor;
	struct cpio_entry entry;
	int more, error;

	cpio_begin(&cursor, start, size);
	while ((more = cpio_next(&cursor, &entry)) > 0) {
		error = unpack_entry(&entry);
		if (error) {
			pr_err("initramfs: %s: error %d\n", entry.name, error);
			return error;
		}
	}
	if (more < 0)
		pr_err("initramfs: %s at offset %zu\n", cursor.error, cursor.offset);
	return more;
}
