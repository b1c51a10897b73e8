/* SPDX-License-Identifier: MIT */
/*
 * Paths and files that a system call names, and the calls themselves in the form that several
 * numbers share. Linux counterpart: struct filename and getname() of fs/namei.c, fs/internal.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

struct inode;
struct statfs64;
struct statx;
struct timespec64;

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

/* What a call does with an inode; NULL: a pipe. */
typedef long inode_fn_t(struct inode *inode, void *arg);

/*
 * Finds the inode and calls fn. flags: AT_SYMLINK_NOFOLLOW, and AT_EMPTY_PATH for an empty path,
 * which means the descriptor. Returns fn's result, or an errno of the lookup. Process context.
 */
long apply_to_path(int dfd, const char __user *path, int flags, inode_fn_t *fn, void *arg);
long apply_to_fd(int fd, inode_fn_t *fn, void *arg);

/* --- calls; the arguments are those of the ...at() forms, and so are the results --- */

long do_openat(int dfd, const char __user *path, int flags, umode_t mode);
long do_mkdirat(int dfd, const char __user *path, umode_t mode);
long do_unlinkat(int dfd, const char __user *path, int flags);
long do_renameat(int olddfd, const char __user *old, int newdfd, const char __user *new,
		 unsigned int flags);
long do_symlinkat(const char __user *target, int dfd, const char __user *path);
long do_readlinkat(int dfd, const char __user *path, char __user *buf, int size);
long do_linkat(int olddfd, const char __user *old, int newdfd, const char __user *new, int flags);
long do_faccessat(int dfd, const char __user *path, int mode);
long do_fchmodat(int dfd, const char __user *path, umode_t mode);

/* times[2]: of the last access, which is not kept, and of the last change; NULL: now. */
long do_utimensat(int dfd, const char __user *path, const struct timespec64 *times, int flags);

/* Makes the contents of a file that is open for writing end at size. */
long do_ftruncate(int fd, loff_t size);

/* For apply_to_...(), when the look-up is all that is wanted. */
inode_fn_t do_nothing;

/* --- facts: each architecture fills its structures from them (stat.c) --- */

/* Fill *facts for a path, as statx() takes it, or for a descriptor. Return 0 or an errno. */
long do_statx(int dfd, const char __user *path, int flags, struct statx *facts);
long do_fstat(int fd, struct statx *facts);

/* Copies the facts about the file system to a program. Returns 0 or -EFAULT. */
long put_statfs(struct statfs64 __user *buf);

/* The number of a device in struct stat: 12 bits of the major one, 20 of the minor one. */
static inline u64 new_encode_dev(unsigned int major, unsigned int minor)
{
	return (minor & 0xff) | major << 8 | (u64)(minor & ~0xffU) << 12;
}
