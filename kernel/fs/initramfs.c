/* SPDX-License-Identifier: MIT */
/*
 * The first files: cpio archives, brought by the boot loader, become part of the tree. They lie one
 * after the other, with any number of zeros between them, and may be packed by gzip. A later one
 * replaces what an earlier one has brought.
 *
 * An archive is read to its end before anything of it is unpacked, so that a damaged one leaves
 * nothing half done. Where the next one would begin is unknown then: what follows is left out, too.
 *
 * Linux counterpart: init/initramfs.c. It unpacks an archive up to the damage. What stands at a
 * file's path is written over there, with all its other names; here it is removed first.
 */

#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/cpio.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/gunzip.h>
#include <kernel/lib/string.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

/* A file of this archive that has several names: where it is. */
struct first_name {
	struct list_head list;
	u32 ino, devmajor, devminor;
	char path[];
};

/* What the unpacking of one archive keeps in mind. */
struct unpacking {
	struct list_head first_names;
	unsigned int left_out;
	char first_left_out[64]; /* its path, or the beginning of it */
};

/* Makes way for a new node. */
static int __init clean_path(const char *path)
{
	int error = vfs_unlink(path, 0);

	return error == -EISDIR ? vfs_unlink(path, AT_REMOVEDIR) : error;
}

/* flags: O_CREAT | O_EXCL, or O_TRUNC for a file that another name has made. */
static int __init write_file(const char *path, const struct cpio_entry *entry, int flags)
{
	struct file *file = filp_open(path, O_WRONLY | flags, entry->mode & 07777);
	loff_t pos = 0;
	ssize_t written;

	if (IS_ERR(file))
		return PTR_ERR(file);
	written = kernel_write(file, entry->data, entry->size, &pos);
	fput(file);
	if (written == (ssize_t)entry->size)
		return 0;
	vfs_unlink(path, 0); /* a program that is cut short is worse than none */
	return written < 0 ? written : -ENOSPC;
}

static int __init make_symlink(const char *path, const struct cpio_entry *entry)
{
	static char target[PATH_MAX] __initdata;

	if (entry->size >= sizeof(target))
		return -ENAMETOOLONG;
	memcpy(target, entry->data, entry->size); /* the archive has no NUL behind it */
	target[entry->size] = '\0';
	return *target ? vfs_symlink(target, path) : -EINVAL;
}

/* Where this archive has brought the file of an entry under another name, or NULL. */
static const char *__init find_first_name(const struct unpacking *state,
					  const struct cpio_entry *entry)
{
	const struct first_name *name;

	list_for_each_entry(name, &state->first_names, list)
		if (name->ino == entry->ino && name->devmajor == entry->devmajor &&
		    name->devminor == entry->devminor)
			return name->path;
	return NULL;
}

static int __init keep_first_name(struct unpacking *state, const char *path,
				  const struct cpio_entry *entry)
{
	size_t size = strlen(path) + 1;
	struct first_name *name = kmalloc(sizeof(*name) + size, GFP_KERNEL);

	if (!name)
		return -ENOSPC;
	name->ino = entry->ino;
	name->devmajor = entry->devmajor;
	name->devminor = entry->devminor;
	memcpy(name->path, path, size);
	list_add_tail(&name->list, &state->first_names);
	return 0;
}

static int __init make_link(const char *first, const char *path)
{
	struct inode *file = path_lookup(first, AT_SYMLINK_NOFOLLOW);
	int error;

	if (IS_ERR(file))
		return PTR_ERR(file);
	error = vfs_link(file, path);
	iput(file);
	return error;
}

/* Any of a file's names may come with the data: the first one makes the file. */
static int __init make_file(struct unpacking *state, const char *path,
			    const struct cpio_entry *entry)
{
	const char *first = entry->nlink > 1 ? find_first_name(state, entry) : NULL;
	int error = first ? make_link(first, path) : write_file(path, entry, O_CREAT | O_EXCL);

	if (!error && first && entry->size)
		error = write_file(path, entry, O_TRUNC);
	if (!error && !first && entry->nlink > 1)
		error = keep_first_name(state, path, entry);
	return error;
}

/* The mode of what is at that path, or 0. */
static umode_t __init mode_at(const char *path)
{
	struct inode *inode = path_lookup(path, AT_SYMLINK_NOFOLLOW);
	umode_t mode;

	if (IS_ERR(inode))
		return 0;
	mode = inode->i_mode;
	iput(inode);
	return mode;
}

static int __init try_node(struct unpacking *state, const char *path,
			   const struct cpio_entry *entry)
{
	if (S_ISDIR(entry->mode))
		return vfs_mkdir(path, entry->mode);
	return S_ISLNK(entry->mode) ? make_symlink(path, entry) : make_file(state, path, entry);
}

/*
 * A directory that is there already is as good as a new one. A device is a driver's: archives that
 * were packed without root's rights have files in place of /dev/console, and with such a one there,
 * nothing would be seen of the system. All else is replaced.
 */
static int __init make_node(struct unpacking *state, const char *path,
			    const struct cpio_entry *entry)
{
	int error = try_node(state, path, entry);
	umode_t there;

	if (error != -EEXIST)
		return error;
	there = mode_at(path);
	if (S_ISDIR(entry->mode) && S_ISDIR(there))
		return 0;
	if (S_ISCHR(there))
		return -EBUSY;
	error = clean_path(path);
	return error ? error : try_node(state, path, entry);
}

/* Whether an entry is left out, and counted. Drivers have made /dev before: it stays as it is. */
static bool __init leave_out(struct unpacking *state, const char *path, umode_t mode)
{
	if (S_ISDIR(mode) || S_ISREG(mode) || S_ISLNK(mode))
		return false;
	if (!state->left_out++)
		strscpy(state->first_left_out, path, sizeof(state->first_left_out));
	return true;
}

static int __init unpack_entry(struct unpacking *state, const struct cpio_entry *entry)
{
	static char path[PATH_MAX] __initdata;
	int error;

	path[0] = '/';
	if (strscpy(path + 1, entry->name, sizeof(path) - 1) < 0)
		return -ENAMETOOLONG;
	if (leave_out(state, path, entry->mode))
		return 0;
	error = make_node(state, path, entry);
	if (error == -ENOENT) { /* an archive need not name the directories on the way */
		error = vfs_mkdir_parents(path);
		if (!error)
			error = make_node(state, path, entry);
	}
	return error;
}

static void __init end_unpacking(struct unpacking *state)
{
	struct first_name *name, *next;

	list_for_each_entry_safe(name, next, &state->first_names, list)
		kfree(name);
	if (state->left_out)
		pr_info("initramfs: %u devices, pipes or sockets left out, the first is %s: "
			"drivers make /dev\n",
			state->left_out, state->first_left_out);
}

/* Unpacks an archive that was checked. Returns 0, or -ENOSPC when memory is full. */
static int __init unpack_archive(struct cpio_cursor *cursor)
{
	struct unpacking state = { .first_names = LIST_HEAD_INIT(state.first_names) };
	struct cpio_entry entry;
	int error = 0;

	while (error != -ENOSPC && cpio_next(cursor, &entry) > 0) {
		error = unpack_entry(&state, &entry);
		if (error)
			pr_err("initramfs: /%s%s left out: %pe\n", entry.name,
			       error == -ENOSPC ? " and what follows" : "", ERR_PTR(error));
	}
	end_unpacking(&state);
	return error == -ENOSPC ? error : 0;
}

/* ---- archives, one after the other ---- */

/* The memory that archives are read from, and how far. */
struct source {
	const char *start;
	size_t size, offset;
	bool unpacked; /* by gzip, which is not packed again */
	int archives;
};

/* Says why the rest is left out; at is the place, counted from the offset. */
static int __init refuse(const struct source *source, const char *what, const char *reason,
			 size_t at)
{
	pr_err("initramfs: %s%s, at offset %zu%s: the last %zu bytes are left out\n", what, reason,
	       source->offset + at, source->unpacked ? " of what gzip had packed" : "",
	       source->size - source->offset);
	return -EINVAL;
}

static int __init read_cpio(struct source *source)
{
	struct cpio_cursor cursor;

	cpio_begin(&cursor, source->start + source->offset, source->size - source->offset);
	if (cpio_check(&cursor))
		return refuse(source, "", cursor.error, cursor.offset);
	source->offset += cursor.end;
	source->archives++;
	cpio_begin(&cursor, cursor.start, cursor.end);
	return unpack_archive(&cursor);
}

/* Reads one thing behind the other, each by its kind: cpio, and with read_packed() gzip, too. */
static int __init read_archives(struct source *source, int (*read_packed)(struct source *source))
{
	const char *at;
	int error = 0;

	while (!error) {
		while (source->offset < source->size && !source->start[source->offset])
			source->offset++;
		if (source->offset == source->size)
			break;
		at = source->start + source->offset;
		error = read_packed && is_gzip(at, source->size - source->offset)
				? read_packed(source)
				: read_cpio(source);
	}
	return error;
}

/*
 * Unpacks a member into memory of its own, which is given back once its archives are unpacked. The
 * size is known only behind a member, so a first pass counts.
 */
static int __init read_gzip(struct source *source)
{
	struct gunzip gz = { .in = source->start + source->offset,
			     .in_size = source->size - source->offset };
	struct source unpacked = { .unpacked = true };
	int error;

	if (gunzip(&gz))
		return refuse(source, "gzip data is ", gz.error, gz.consumed);
	unpacked.size = gz.out_size = gz.produced;
	unpacked.start = gz.out = gz.produced ? vmalloc(gz.produced) : NULL;
	if (gz.produced && !gz.out)
		return refuse(source, "gzip data is ", "too large for memory", 0);
	error = gunzip(&gz) ? refuse(source, "gzip data is ", gz.error, gz.consumed)
			    : read_archives(&unpacked, NULL);
	vfree(gz.out);
	source->archives += unpacked.archives;
	source->offset += gz.consumed;
	return error;
}

int __init initramfs_unpack(const void *start, size_t size)
{
	struct source source = { .start = start, .size = size };

	read_archives(&source, read_gzip);
	return source.archives;
}
