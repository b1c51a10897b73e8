/* SPDX-License-Identifier: MIT */
/*
 * Facts about a file. statx() alone: its structure is the same on every architecture. Times and
 * owners are not kept, and its mask says so.
 *
 * Linux counterpart: fs/stat.c
 */

#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/syscall/path.h>
#include <kernel/syscall/syscall.h>
#include <mm/uaccess.h>

static void fill_statx(struct statx *facts, const struct inode *inode)
{
	*facts = (struct statx){
		.stx_mask = STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_INO | STATX_SIZE,
		.stx_blksize = 4096,
		.stx_nlink = S_ISDIR(inode->i_mode) ? 2 : 1,
		.stx_mode = inode->i_mode,
		.stx_ino = inode->i_ino,
		.stx_size = inode->i_size,
	};
	if (S_ISCHR(inode->i_mode)) {
		facts->stx_rdev_major = MAJOR(inode_rdev(inode));
		facts->stx_rdev_minor = MINOR(inode_rdev(inode));
	}
}

static int statx_path(const char *path, struct statx *facts)
{
	struct inode *inode = path_lookup(path);

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	fill_statx(facts, inode);
	iput(inode);
	return 0;
}

static int statx_fd(int fd, struct statx *facts)
{
	struct file *file = fget(fd);

	if (!file)
		return -EBADF;
	if (file->f_inode)
		fill_statx(facts, file->f_inode);
	else /* a pipe */
		*facts = (struct statx){ .stx_mask = STATX_TYPE, .stx_mode = S_IFIFO };
	fput(file);
	return 0;
}

/* getname() refuses an empty path with -ENOENT. */
static int do_statx(int dfd, const char __user *user, int flags, struct statx *facts)
{
	char *path = getname_at(dfd, user);
	int error = PTR_ERR_OR_ZERO(path);

	if (error == -ENOENT && (flags & AT_EMPTY_PATH))
		return dfd == AT_FDCWD ? statx_path(".", facts) : statx_fd(dfd, facts);
	if (error)
		return error;
	error = statx_path(path, facts);
	putname(path);
	return error;
}

SYSCALL_DEFINE5(statx, int, dfd, const char __user *, user, int, flags, unsigned int, mask,
		struct statx __user *, buf)
{
	struct statx facts;
	int error;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	error = do_statx(dfd, user, flags, &facts);
	if (error)
		return error;
	return copy_to_user(buf, &facts, sizeof(facts)) ? -EFAULT : 0;
}
