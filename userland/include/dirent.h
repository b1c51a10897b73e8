/* SPDX-License-Identifier: MIT */
/* Reading directories, over getdents64(). */
#pragma once

#include <stdint.h>

/* An entry exactly as the kernel writes it: entries follow each other, d_reclen bytes apart. */
struct dirent {
	uint64_t d_ino;
	int64_t d_off;
	uint16_t d_reclen;
	uint8_t d_type;
	char d_name[];
};

typedef struct DIR DIR;

DIR *opendir(const char *path);

/* The next entry, valid until the next call; NULL at the end. "." and ".." may be among them. */
struct dirent *readdir(DIR *dir);
int closedir(DIR *dir);
