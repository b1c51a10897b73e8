/* SPDX-License-Identifier: MIT */
/*
 * The first files: cpio archives, brought by the boot loader, become part of the tree. A file with
 * several names becomes as many files with the same contents, because a name and its file are one
 * object in this tree.
 *
 * Linux counterpart: init/initramfs.c (there also compressed)
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
 * Device files are left out, because drivers make /dev. Links are left out with a message.
 */
static int __init unpack_entry(const struct cpio_entry *entry)
{
	static char path[PATH_MAX] __initdata;
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

static int __init unpack_archive(struct cpio_cursor *cursor)
{
	struct cpio_entry entry;
	int more, error;

	while ((more = cpio_next(cursor, &entry)) > 0) {
		if (S_ISREG(entry.mode)) /* a directory has names and no data, too */
			cpio_find_link_data(cursor, &entry);
		error = unpack_entry(&entry);
		if (error) {
			pr_err("initramfs: %s: %pe\n", entry.name, ERR_PTR(error));
			return error;
		}
	}
	return more;
}

int __init initramfs_unpack(const void *start, size_t size)
{
	struct cpio_cursor cursor;
	int error;

	cpio_begin(&cursor, start, size);
	do
		error = unpack_archive(&cursor);
	while (!error && cpio_next_archive(&cursor));
	if (cursor.error)
		pr_err("initramfs: %s, at offset %zu\n", cursor.error,
		       (size_t)(cursor.start - (const char *)start) + cursor.offset);
	return error;
}
