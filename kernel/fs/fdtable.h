/* SPDX-License-Identifier: MIT */
/*
 * A task's file descriptors: small numbers for open files. The table's lock protects it; a task's
 * table is its own (no threads), so the lock matters only to readers in other tasks.
 *
 * Linux counterpart: include/linux/fdtable.h, fs/file.c (fixed size here).
 */
#pragma once

#include <kernel/base/spinlock.h>
#include <kernel/lib/types.h>

struct file;

#define NR_OPEN_DEFAULT 32

struct files_struct {
	spinlock_t lock;
	struct file *fd_array[NR_OPEN_DEFAULT];
	u32 close_on_exec; /* a bit a descriptor */
};

/* An empty table, or a copy that shares the open files; NULL without memory. */
struct files_struct *alloc_files(void);
struct files_struct *dup_files(struct files_struct *old);

/* Closes everything and frees the table. */
void put_files_struct(struct files_struct *files);

/* Closes what execve() is to close. */
void do_close_on_exec(struct files_struct *files);

/* A reference to current's open file, or NULL: the caller answers -EBADF, and fput()s otherwise. */
struct file *fget(unsigned int fd);

/*
 * Gives file, whose reference it takes, current's lowest free descriptor that is not below
 * `lowest`. Returns it; or, after fput(), -EMFILE if there is none and -EINVAL if there cannot be
 * one.
 */
int fd_install_from(unsigned int lowest, struct file *file, unsigned int flags);

/* Whether execve() will close current's descriptor fd. */
bool get_close_on_exec(unsigned int fd);

/* Puts a new reference to file at descriptor fd of current, closing what was there. */
int replace_fd(unsigned int fd, struct file *file, unsigned int flags);

/* Closes current's descriptor fd; -EBADF if it is not open. */
int close_fd(unsigned int fd);
