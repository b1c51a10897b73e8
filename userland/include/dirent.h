/* SPDX-License-Identifier: MIT */
/* Reading directories, over getdents64(). */
#pragma once

#include <kernel/uapi/dirent.h>

typedef struct DIR DIR;

DIR *opendir(const char *path);

/* The next entry, valid until the next call; NULL at the end. "." and ".." may be among them. */
struct dirent *readdir(DIR *dir);
int closedir(DIR *dir);
