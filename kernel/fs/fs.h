/* SPDX-License-Identifier: MIT */
/*
 * Files. An inode is a node of the one tree of names: a directory, a regular file or a device. A
 * file is an open inode (or a pipe's end) with a position; descriptors of tasks refer to files.
 *
 * Locks: tree_mutex protects names, parents and children. inode_lock protects i_count. A file's
 * f_lock protects f_count; f_pos_lock its position, for regular files and directories. What an
 * inode holds is protected by its file system.
 *
 * Linux counterpart: include/linux/fs.h, fs/{namei,open,read_write,readdir,file_table}.c. The
 * differences: no dentries (an inode has one name and one parent; a hard link is an inode of its
 * own, which leads to the file's), no mounts (procfs and devices are branches of the one tree,
 * built when the system boots), no owners and no permission checks.
 */
#pragma once

#include <kernel/fs/uio.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/list.h>
#include <kernel/lib/rbtree.h>
#include <kernel/lib/types.h>
#include <kernel/sched/mutex.h>
#include <kernel/sched/wait.h>
#include <kernel/time/timekeeping.h>
#include <kernel/uapi/fcntl.h>
#include <kernel/uapi/limits.h>
#include <kernel/uapi/stat.h>

struct file;
struct inode;
struct mm_struct;
struct vm_area_struct;

/* One read or write in progress: the file and where in it. */
struct kiocb {
	struct file *ki_filp;
	loff_t ki_pos;
};

/* Where iterate_shared() puts names: actor returns false when it has no room left. */
struct dir_context {
	bool (*actor)(struct dir_context *ctx, const char *name, size_t namelen, loff_t offset,
		      u64 ino, unsigned int type);
	loff_t pos;
};

/*
 * What an open file can do. An absent function is an error: -EINVAL, ioctl -ENOTTY, lseek -ESPIPE,
 * mmap -ENODEV.
 */
struct file_operations {
	struct module *owner; /* stays while a file is open; NULL: the kernel */
	/* Move bytes at ki_pos, which advances. With O_APPEND a file's write begins at its end. */
	ssize_t (*read_iter)(struct kiocb *iocb, struct iov_iter *to);
	ssize_t (*write_iter)(struct kiocb *iocb, struct iov_iter *from);
	loff_t (*llseek)(struct file *file, loff_t offset, int whence);
	int (*iterate_shared)(struct file *file, struct dir_context *ctx);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	/*
	 * Which of POLLIN, POLLOUT, POLLERR, POLLHUP hold now; *wait is woken when that changes.
	 * Absent: always ready.
	 */
	unsigned int (*poll)(struct file *file, wait_queue_head_t **wait);
	int (*open)(struct inode *inode, struct file *file);
	void (*release)(struct file *file);
	/*
	 * Fills the area with what the file has from page vm_pgoff on. Returns 0, or an errno with
	 * nothing mapped. The area holds a reference to the file as long as it exists.
	 */
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
};

/* What a node of the tree can do beyond being found; any may be absent. */
struct inode_operations {
	/*
	 * A child that is not in the tree, as a new reference, NULL for none. tree_mutex is held.
	 */
	struct inode *(*lookup)(struct inode *dir, const char *name);
	/* A new child, not yet in the tree, or ERR_PTR. tree_mutex is held. Absent: -EROFS. */
	struct inode *(*create)(struct inode *dir, const char *name, umode_t mode,
				const char *target); /* of a symbolic link */
	/* Makes the contents end there. Returns 0, -EFBIG or -ENOSPC. */
	int (*truncate)(struct inode *inode, loff_t size);
	/*
	 * Of a symbolic link: writes its text with a NUL; returns its length, or -ENAMETOOLONG.
	 * tree_mutex may be held, if get_link is absent.
	 */
	int (*readlink)(const struct inode *inode, char *buf, size_t size);
	/* Where it leads, as a new reference or ERR_PTR; absent: where its text does. */
	struct inode *(*get_link)(struct inode *inode);
	/* The last reference has gone: frees i_private. */
	void (*evict)(struct inode *inode);
};

struct inode {
	umode_t i_mode;
	unsigned long i_ino;
	int i_count;          /* users, the tree being one */
	unsigned int i_nlink; /* names of the file; tree_mutex protects it */
	loff_t i_size;
	ktime_t i_mtime; /* of the last change of the contents, since 1970 */
	const struct inode_operations *i_op;
	const struct file_operations *i_fop;
	void *i_private;             /* the file system's; of a device file its number, MKDEV() */
	struct inode *i_hardlink;    /* one more name of that file; a counted reference, or NULL */
	struct inode *i_parent;      /* a counted reference; NULL: the root, or unlinked */
	struct list_head i_children; /* of i_sibling, oldest first; directories only */
	struct rb_root i_names;      /* the same, of i_name_node, by name */
	struct list_head i_sibling;
	struct rb_node i_name_node;
	bool i_linked;      /* in i_parent's list and tree */
	const char *i_name; /* behind the inode, until it gets another one */
	char i_first_name[];
};

struct file {
	spinlock_t f_lock;
	int f_count;
	unsigned int f_flags;  /* O_ACCMODE, O_APPEND and O_NONBLOCK bits of open() */
	struct inode *f_inode; /* NULL: a pipe */
	const struct file_operations *f_op;
	struct mutex f_pos_lock;
	loff_t f_pos;
	void *private_data; /* f_op's */
	char *f_path;       /* NULL until it is mapped: its path at that moment */
};

#define MKDEV(major, minor) ((void *)(unsigned long)((major) << 20 | (minor)))
#define MAJOR(dev)          ((unsigned int)((dev) >> 20))
#define MINOR(dev)          ((unsigned int)((dev) & 0xfffff))

/* The file that a node of the tree names: itself, unless it is a hard link. */
static inline struct inode *inode_file(struct inode *inode)
{
	return inode->i_hardlink ? inode->i_hardlink : inode;
}

/* Whether names can be made, and so changed, in this directory. Not in /proc, for example. */
static inline bool can_change_names(const struct inode *dir)
{
	return dir->i_op && dir->i_op->create;
}

/* The number of a device file. */
static inline unsigned long inode_rdev(const struct inode *inode)
{
	return (unsigned long)inode->i_private;
}

/* ---- the tree (inode.c, namei.c, links.c, tree.c); process context ---- */

/*
 * Makes the root, a ramfs, with /sys, /dev and /tmp; /proc follows as the first initcall. After
 * slab; before anything else of fs.
 */
void vfs_init(void);

/* An inode with one reference and no place in the tree, or NULL. */
struct inode *new_inode(const char *name, umode_t mode, const struct inode_operations *i_op,
			const struct file_operations *i_fop, void *private);

/* Takes and drops a reference; both pass NULL. */
struct inode *ihold(struct inode *inode);
void iput(struct inode *inode);

/*
 * Puts inode under dir (the tree takes a reference of its own); -EEXIST when the name is taken.
 * tree_mutex is held.
 */
int d_add(struct inode *dir, struct inode *inode);

/*
 * Moves inode to dir, by that name, in place of target (NULL: the name is free). Returns 0 or
 * -ENOMEM. tree_mutex is held.
 */
int d_rename(struct inode *inode, struct inode *dir, const char *name, struct inode *target);

/* Takes inode out of the tree and drops the tree's reference. tree_mutex is held. */
void d_delete(struct inode *inode);

/* The child of this name, as a new reference, or NULL. tree_mutex is held. */
struct inode *d_lookup(struct inode *dir, const char *name);

/*
 * One step down, up ("..") or nowhere ("."); name is not empty. A hard link is followed to its
 * file, a symbolic link is not. A new reference, or ERR_PTR: -ENOENT, -ENOTDIR. tree_mutex is held.
 */
struct inode *walk_component(struct inode *dir, const char *name);

/* Sets the parent of an inode that is found by lookup() and stays out of the list of children. */
void d_set_parent(struct inode *inode, struct inode *dir);

extern struct mutex tree_mutex;

/* The root directory; it never goes. */
extern struct inode *root_inode;

/*
 * Finds path, from the root or current's directory; with AT_SYMLINK_NOFOLLOW a symbolic link at its
 * end itself. A reference, or ERR_PTR: -ENOENT, -ENOTDIR, -ELOOP, ...
 */
struct inode *path_lookup(const char *path, int flags);

/*
 * Makes a node of the given kind at path, whose parent exists. Returns a reference or ERR_PTR:
 * -EEXIST also when a symbolic link is there, wherever that leads.
 */
struct inode *vfs_create(const char *path, umode_t mode);

/*
 * Finds path as path_lookup() does. When only its last component is missing, or that of the path to
 * which a symbolic link leads, makes a node of the given kind there. A reference or ERR_PTR.
 */
struct inode *vfs_lookup_or_create(const char *path, int flags, umode_t mode);

/* Makes a directory at path, whose parent exists. Returns 0 or an errno. */
int vfs_mkdir(const char *path, umode_t mode);

/* Makes a symbolic link at path, with that text. Returns 0 or an errno. */
int vfs_symlink(const char *target, const char *path);

/*
 * Makes path one more name of a file or a symbolic link. Returns 0 or an errno: -EPERM for a
 * directory, -EXDEV for what is in /proc, -ENOENT for a file that has no name any more, ...
 */
int vfs_link(struct inode *file, const char *path);

/*
 * Gives what old names the name new, which is replaced if it is there: a file by a file, an empty
 * directory by a directory. flags: RENAME_NOREPLACE. Returns 0 or an errno.
 */
int vfs_rename(const char *old, const char *new, unsigned int flags);

/* Takes a name out of the tree; with AT_REMOVEDIR a directory, which must be empty. */
int vfs_unlink(const char *path, int flags);

/* ---- building the tree from inside the kernel, whatever the directories allow (tree.c) ---- */

/* Makes the missing directories on the way to path's last component. Returns 0 or an errno. */
int vfs_mkdir_parents(const char *path);

/*
 * Makes an inode with this path's last component as name and puts it there, making directories on
 * the way. Returns 0 or an errno. The tree keeps it.
 */
int vfs_add(const char *path, umode_t mode, const struct inode_operations *i_op,
	    const struct file_operations *i_fop, void *private);

/*
 * Takes the name at path, whose directories exist, out of the tree again. Files that are open stay
 * open. Returns 0 or -ENOENT.
 */
int vfs_remove(const char *path);

/* Writes the path of an inode to buf. Returns its length with the NUL, -ERANGE or -ENOENT. */
int vfs_getpath(struct inode *inode, char *buf, size_t size);

/* ---- open files (file.c, read_write.c); process context ---- */

/*
 * Opens path with open() flags; mode is that of a new file. A file with one reference or ERR_PTR.
 */
struct file *filp_open(const char *path, int flags, umode_t mode);

/* An open file that has no inode: a pipe's end. NULL without memory. */
struct file *alloc_file_pseudo(const struct file_operations *f_op, unsigned int flags,
			       void *private);

/* Takes one more reference. Returns file. */
struct file *get_file(struct file *file);

/* Drops one reference; the last one closes the file. */
void fput(struct file *file);

/* One read or write with user memory: bytes moved, 0 at the end, or a negative errno. */
ssize_t vfs_read(struct file *file, char __user *buf, size_t count);
ssize_t vfs_write(struct file *file, const char __user *buf, size_t count);

/* The same with kernel memory, at *pos, which advances. */
ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t *pos);
ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos);

/* Moves the position, as lseek() does. Returns it, -EINVAL, or -ESPIPE where there is none. */
loff_t vfs_llseek(struct file *file, loff_t offset, int whence);

/*
 * llseek for files whose size is inode->i_size, and for those that have no positions but allow it.
 */
loff_t generic_file_llseek(struct file *file, loff_t offset, int whence);

/* vm_ops of every area that maps a file: they call its mmap(), and count references to it. */
extern const struct vm_operations_struct file_vm_ops;

/*
 * Maps zeroed pages for a part of a program, which the caller fills from page pgoff of its file.
 * Whole pages of user space, where nothing is mapped. Returns 0 or -ENOMEM.
 */
int mmap_program(struct mm_struct *mm, unsigned long addr, unsigned long len,
		 unsigned long vm_flags, struct file *file, unsigned long pgoff);

/* ---- directories (readdir.c; iterate_dir in read_write.c) ---- */

/* Emits entries from the file's position on, which advances. Returns 0, -ENOTDIR or an errno. */
int iterate_dir(struct file *file, struct dir_context *ctx);

/* Emits ".", ".." and the children of the tree. Returns true when all have been emitted. */
bool dir_emit_tree(struct file *file, struct dir_context *ctx);

/* Emits one entry and advances ctx->pos. Returns false, with nothing advanced, without room. */
bool dir_emit(struct dir_context *ctx, const char *name, u64 ino, umode_t mode);

/* iterate_shared of a directory that has nothing but its children. */
int simple_readdir(struct file *file, struct dir_context *ctx);
extern const struct file_operations simple_dir_operations;

/* ---- what else is in this folder ---- */

/*
 * Two ends of a new pipe: files[0] reads, files[1] writes. flags: O_NONBLOCK. Returns 0 or -ENOMEM.
 */
int create_pipe_files(struct file *files[2], unsigned int flags);

/* The root's file system: regular files and directories in memory. */
extern const struct inode_operations ramfs_dir_inode_operations;

/*
 * Unpacks the cpio archives in `size` bytes at `start` into the tree, one after the other; some may
 * be packed by gzip. Returns how many there were. The first that cannot be read ends this: nothing
 * of it is unpacked, and a line on the console says what is wrong and where. What the tree cannot
 * take is named, too.
 */
int initramfs_unpack(const void *start, size_t size);
