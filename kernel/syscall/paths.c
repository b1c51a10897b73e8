/* SPDX-License-Identifier: MIT */
/*
 * System calls that take a path. The ...at() calls know one starting point, the task's directory:
 * dfd is AT_FDCWD, or the path begins with a slash.
 *
 * Linux counterpart: fs/open.c, fs/namei.c, fs/d_path.c
 */

#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/sched/sched.h>
#include <kernel/syscall/path.h>
#include <kernel/syscall/syscall.h>
#include <mm/slab.h>
#include <mm/uaccess.h>

char *getname(const char __user *user)
{
	char *path = kmalloc(PATH_MAX, GFP_KERNEL);
	long len;

	if (!path)
		return ERR_PTR(-ENOMEM);
	len = strncpy_from_user(path, user, PATH_MAX);
	if (len > 0 && len < PATH_MAX)
		return path;
	kfree(path);
	if (len >= PATH_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	return ERR_PTR(len ? len : -ENOENT);
}

void putname(char *path)
{
	kfree(path);
}

char *getname_at(int dfd, const char __user *user)
{
	char *path = getname(user);

	if (IS_ERR(path) || dfd == AT_FDCWD || path[0] == '/')
		return path;
	putname(path);
	return ERR_PTR(-EBADF);
}

/* --- one path --- */

long do_openat(int dfd, const char __user *user, int flags, umode_t mode)
{
	char *path = getname_at(dfd, user);
	struct file *file;

	if (IS_ERR(path))
		return PTR_ERR(path);
	file = filp_open(path, flags, mode & ~current->umask);
	putname(path);
	return IS_ERR(file) ? PTR_ERR(file) : fd_install_from(0, file, flags);
}

SYSCALL_DEFINE4(openat, int, dfd, const char __user *, user, int, flags, umode_t, mode)
{
	return do_openat(dfd, user, flags, mode);
}

long do_mkdirat(int dfd, const char __user *user, umode_t mode)
{
	char *path = getname_at(dfd, user);
	int error;

	if (IS_ERR(path))
		return PTR_ERR(path);
	error = vfs_mkdir(path, mode & ~current->umask);
	putname(path);
	return error;
}

SYSCALL_DEFINE3(mkdirat, int, dfd, const char __user *, user, umode_t, mode)
{
	return do_mkdirat(dfd, user, mode);
}

/* Regular files only: drivers make the devices, and a pipe has no name here. */
SYSCALL_DEFINE4(mknodat, int, dfd, const char __user *, user, umode_t, mode, unsigned int, dev)
{
	char *path = getname_at(dfd, user);
	struct inode *inode;

	if (IS_ERR(path))
		return PTR_ERR(path);
	inode = S_ISREG(mode) ? vfs_create(path, mode & ~current->umask) : ERR_PTR(-EPERM);
	putname(path);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	iput(inode);
	return 0;
}

long do_unlinkat(int dfd, const char __user *user, int flags)
{
	char *path;
	int error;

	if (flags & ~AT_REMOVEDIR)
		return -EINVAL;
	path = getname_at(dfd, user);
	if (IS_ERR(path))
		return PTR_ERR(path);
	error = vfs_unlink(path, flags);
	putname(path);
	return error;
}

SYSCALL_DEFINE3(unlinkat, int, dfd, const char __user *, user, int, flags)
{
	return do_unlinkat(dfd, user, flags);
}

SYSCALL_DEFINE1(chdir, const char __user *, user)
{
	char *path = getname(user);
	struct inode *dir;

	if (IS_ERR(path))
		return PTR_ERR(path);
	dir = path_lookup(path, 0);
	putname(path);
	if (IS_ERR(dir))
		return PTR_ERR(dir);
	if (!S_ISDIR(dir->i_mode)) {
		iput(dir);
		return -ENOTDIR;
	}
	iput(current->cwd);
	current->cwd = dir;
	return 0;
}

SYSCALL_DEFINE2(getcwd, char __user *, user, unsigned long, size)
{
	char *path = kmalloc(PATH_MAX, GFP_KERNEL);
	int len;

	if (!path)
		return -ENOMEM;
	len = vfs_getpath(current->cwd ? current->cwd : root_inode, path, PATH_MAX);
	if (len > 0 && (unsigned long)len > size)
		len = -ERANGE;
	if (len > 0 && copy_to_user(user, path, len))
		len = -EFAULT;
	kfree(path);
	return len;
}

/* --- two --- */

/* Copies both and calls fn with them. first may lead anywhere: of a link it is only a text. */
static long with_two_paths(char *first, char *second, int (*fn)(const char *, const char *))
{
	long result = PTR_ERR_OR_ZERO(first) ?: PTR_ERR_OR_ZERO(second);

	if (!result)
		result = fn(first, second);
	if (!IS_ERR(first))
		putname(first);
	if (!IS_ERR(second))
		putname(second);
	return result;
}

long do_symlinkat(const char __user *target, int dfd, const char __user *user)
{
	return with_two_paths(getname(target), getname_at(dfd, user), vfs_symlink);
}

SYSCALL_DEFINE3(symlinkat, const char __user *, target, int, dfd, const char __user *, user)
{
	return do_symlinkat(target, dfd, user);
}

static int rename_over(const char *old, const char *new)
{
	return vfs_rename(old, new, 0);
}

static int rename_noreplace(const char *old, const char *new)
{
	return vfs_rename(old, new, RENAME_NOREPLACE);
}

long do_renameat(int olddfd, const char __user *old, int newdfd, const char __user *new,
		 unsigned int flags)
{
	if (flags & ~RENAME_NOREPLACE)
		return -EINVAL;
	return with_two_paths(getname_at(olddfd, old), getname_at(newdfd, new),
			      flags ? rename_noreplace : rename_over);
}

SYSCALL_DEFINE4(renameat, int, olddfd, const char __user *, old, int, newdfd, const char __user *,
		new)
{
	return do_renameat(olddfd, old, newdfd, new, 0);
}

SYSCALL_DEFINE5(renameat2, int, olddfd, const char __user *, old, int, newdfd, const char __user *,
		new, unsigned int, flags)
{
	return do_renameat(olddfd, old, newdfd, new, flags);
}
