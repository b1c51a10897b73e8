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

SYSCALL_DEFINE4(openat, int, dfd, const char __user *, user, int, flags, umode_t, mode)
{
	char *path = getname_at(dfd, user);
	struct file *file;

	if (IS_ERR(path))
		return PTR_ERR(path);
	file = filp_open(path, flags, mode);
	putname(path);
	return IS_ERR(file) ? PTR_ERR(file) : fd_install_lowest(file, flags);
}

SYSCALL_DEFINE3(mkdirat, int, dfd, const char __user *, user, umode_t, mode)
{
	char *path = getname_at(dfd, user);
	int error;

	if (IS_ERR(path))
		return PTR_ERR(path);
	error = vfs_mkdir(path, mode);
	putname(path);
	return error;
}

SYSCALL_DEFINE3(unlinkat, int, dfd, const char __user *, user, int, flags)
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

SYSCALL_DEFINE1(chdir, const char __user *, user)
{
	char *path = getname(user);
	struct inode *dir;

	if (IS_ERR(path))
		return PTR_ERR(path);
	dir = path_lookup(path);
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
