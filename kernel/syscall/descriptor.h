/* SPDX-License-Identifier: MIT */
/*
 * System calls on descriptors in the form that several numbers share: the arguments and results are
 * those of the calls without `do_`. Process context.
 *
 * Linux counterpart: include/linux/syscalls.h (ksys_dup3 and its kin)
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

long do_pipe2(int __user *fds, int flags);
long do_dup3(unsigned int oldfd, unsigned int newfd, int flags);
loff_t do_lseek(unsigned int fd, loff_t offset, int whence);

/* *pos: where to read from, which advances; NULL: the file's own position. */
long do_sendfile(int out, int in, loff_t *pos, size_t count);
