/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes the unpacking of an initramfs: the walk over the archive ends, stays inside it, and hands
 * only sound paths on.
 */
#include "fuzz.h"

#include <kernel/fs/fs.h>
#include <kernel/lib/cpio.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <mm/vmalloc.h>

#include "tools/testing/host/libc.h"

static void check_path(const char *path)
{
	FUZZ_ASSERT(path[0] == '/' && strnlen(path, PATH_MAX) < PATH_MAX);
}

/* A file system that forgets what it is given. */

int vfs_mkdir_parents(const char *path)
{
	check_path(path);
	return 0;
}

int vfs_mkdir(const char *path, umode_t mode)
{
	check_path(path);
	return -EEXIST;
}

struct file *filp_open(const char *path, int flags, umode_t mode)
{
	static struct file file;

	check_path(path);
	return path[1] == '!' ? ERR_PTR(-ENOENT) : &file;
}

ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos)
{
	fuzz_touch(buf, count);
	return count;
}

void fput(struct file *file)
{
}

/* What is in the way: a directory, a file, or nothing. */
struct inode *path_lookup(const char *path, int flags)
{
	static struct inode directory = { .i_mode = S_IFDIR }, file = { .i_mode = S_IFREG };

	check_path(path);
	return path[1] == 'd' ? &directory : path[1] == 'f' ? &file : ERR_PTR(-ENOENT);
}

void iput(struct inode *inode)
{
}

int vfs_unlink(const char *path, int flags)
{
	check_path(path);
	return flags ? -ENOTEMPTY : 0;
}

int vfs_symlink(const char *target, const char *path)
{
	check_path(path);
	FUZZ_ASSERT(target[0] && strnlen(target, PATH_MAX) < PATH_MAX);
	return 0;
}

int vfs_link(struct inode *inode, const char *path)
{
	check_path(path);
	return 0;
}

/* Room for what gzip had packed. */
void *vmalloc(unsigned long size)
{
	return size <= SZ_1M ? host_alloc(size, 1) : NULL;
}

void vfree(const void *addr)
{
	host_free((void *)addr);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct cpio_cursor cursor;
	struct cpio_entry entry;
	size_t previous = 0;
	int more;

	cpio_begin(&cursor, data, size);
	while ((more = cpio_next(&cursor, &entry)) > 0) {
		FUZZ_ASSERT(cursor.offset > previous && cursor.offset <= size);
		previous = cursor.offset;
		FUZZ_ASSERT(strlen(entry.name) > 0);
		fuzz_touch(entry.data, entry.size);
	}
	FUZZ_ASSERT(more == 0 || (more == -EINVAL && cursor.error && cursor.offset <= size));
	initramfs_unpack(data, size);
	return 0;
}
