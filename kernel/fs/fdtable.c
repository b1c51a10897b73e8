/* SPDX-License-Identifier: MIT */
/*
 * Descriptors. A file taken out of the table is put after the lock has gone: closing may sleep.
 *
 * Linux counterpart: fs/file.c
 */

#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/sched/sched.h>
#include <mm/slab.h>

struct files_struct *alloc_files(void)
{
	struct files_struct *files = kzalloc(sizeof(*files), GFP_KERNEL);

	if (files)
		spin_lock_init(&files->lock);
	return files;
}

struct files_struct *dup_files(struct files_struct *old)
{
	struct files_struct *files = alloc_files();
	unsigned int fd;

	if (!files)
		return NULL;
	spin_lock(&old->lock);
	for (fd = 0; fd < NR_OPEN_DEFAULT; fd++)
		if (old->fd_array[fd])
			files->fd_array[fd] = get_file(old->fd_array[fd]);
	files->close_on_exec = old->close_on_exec;
	spin_unlock(&old->lock);
	return files;
}

/* Puts file (NULL: nothing) at fd and returns what was there. */
static struct file *exchange_fd(struct files_struct *files, unsigned int fd, struct file *file,
				unsigned int flags)
{
	struct file *old;

	spin_lock(&files->lock);
	old = files->fd_array[fd];
	files->fd_array[fd] = file;
	files->close_on_exec &= ~(1U << fd);
	if (flags & O_CLOEXEC)
		files->close_on_exec |= 1U << fd;
	spin_unlock(&files->lock);
	return old;
}

static int close_in(struct files_struct *files, unsigned int fd)
{
	struct file *file = exchange_fd(files, fd, NULL, 0);

	if (!file)
		return -EBADF;
	fput(file);
	return 0;
}

void put_files_struct(struct files_struct *files)
{
	unsigned int fd;

	for (fd = 0; fd < NR_OPEN_DEFAULT; fd++)
		close_in(files, fd);
	kfree(files);
}

void do_close_on_exec(struct files_struct *files)
{
	u32 doomed = files->close_on_exec;
	unsigned int fd;

	for (fd = 0; fd < NR_OPEN_DEFAULT; fd++)
		if (doomed & (1U << fd))
			close_in(files, fd);
}

struct file *fget(unsigned int fd)
{
	struct files_struct *files = current->files;
	struct file *file;

	if (fd >= NR_OPEN_DEFAULT)
		return NULL;
	spin_lock(&files->lock);
	file = files->fd_array[fd];
	if (file)
		get_file(file);
	spin_unlock(&files->lock);
	return file;
}

int fd_install_from(unsigned int lowest, struct file *file, unsigned int flags)
{
	struct files_struct *files = current->files;
	unsigned int fd;

	if (lowest >= NR_OPEN_DEFAULT) {
		fput(file);
		return -EINVAL;
	}
	/* Only current fills its table: a free slot stays free until the exchange. */
	for (fd = lowest; fd < NR_OPEN_DEFAULT; fd++) {
		if (files->fd_array[fd])
			continue;
		exchange_fd(files, fd, file, flags);
		return fd;
	}
	fput(file);
	return -EMFILE;
}

int replace_fd(unsigned int fd, struct file *file, unsigned int flags)
{
	struct file *old;

	if (fd >= NR_OPEN_DEFAULT)
		return -EBADF;
	old = exchange_fd(current->files, fd, get_file(file), flags);
	if (old)
		fput(old);
	return fd;
}

bool get_close_on_exec(unsigned int fd)
{
	return fd < NR_OPEN_DEFAULT && (current->files->close_on_exec & 1U << fd);
}

int close_fd(unsigned int fd)
{
	return fd < NR_OPEN_DEFAULT ? close_in(current->files, fd) : -EBADF;
}
