/* SPDX-License-Identifier: MIT */
/* A path out of user memory. Linux counterpart: struct filename and getname() of fs/namei.c */
#pragma once

#include <kernel/lib/compiler.h>

/*
 * Copies a path. Returns it, for putname(), or ERR_PTR: -EFAULT, -ENAMETOOLONG, -ENOENT (empty),
 * -ENOMEM. Process context.
 */
char *getname(const char __user *path);

/*
 * The same for a call of the ...at() kind, which here start at the root or at the task's directory:
 * -EBADF.
 */
char *getname_at(int dfd, const char __user *path);

void putname(char *path);
