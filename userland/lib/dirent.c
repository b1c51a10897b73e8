/* SPDX-License-Identifier: MIT */
/*
 * Directories: a buffer of entries, filled by getdents64() and handed out one by one.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "syscall.h"

struct DIR {
	int fd;
	int pos; /* of the next entry in buf */
	int end; /* of the entries in buf */
	_Alignas(8) char buf[1024];
};

DIR *opendir(const char *path)
{
	DIR *dir = malloc(sizeof(*dir));

	if (!dir)
		return NULL;
	dir->pos = 0;
	dir->end = 0;
	dir->fd = open(path, O_RDONLY | O_CLOEXEC);
	/* Reading now, so that the caller learns here that a path is not a directory. */
	if (dir->fd >= 0)
		dir->end = system_call(getdents64, dir->fd, dir->buf, sizeof(dir->buf));
	if (dir->fd < 0 || dir->end < 0) {
		closedir(dir);
		return NULL;
	}
	return dir;
}

struct dirent *readdir(DIR *dir)
{
	struct dirent *entry;

	if (dir->pos >= dir->end) {
		dir->pos = 0;
		dir->end = system_call(getdents64, dir->fd, dir->buf, sizeof(dir->buf));
		if (dir->end <= 0)
			return NULL;
	}
	entry = (struct dirent *)(dir->buf + dir->pos);
	dir->pos += entry->d_reclen;
	return entry;
}

int closedir(DIR *dir)
{
	int result = dir->fd >= 0 ? close(dir->fd) : 0;

	free(dir);
	return result;
}
