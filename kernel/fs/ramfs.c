/* SPDX-License-Identifier: MIT */
/*
 * The root's file system: everything in memory. A regular file's bytes are pages, found by an array
 * that doubles when it is full. Directories have no content of their own, because the tree of
 * inodes is the directory. Nothing here comes from vmalloc, so that vmallocinfo shows devices and
 * not files.
 *
 * Each file's mutex protects its pages and i_size. Bytes behind i_size are zero at all times, and
 * between calls no page lies wholly behind it.
 *
 * Linux counterpart: fs/ramfs/inode.c (there the page cache)
 */

#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/string.h>
#include <mm/gfp.h>
#include <mm/page_ref.h>
#include <mm/remap.h>
#include <mm/slab.h>
#include <mm/watermark.h>

/* A file may grow to this, so that a runaway writer gets an error and not the machine's memory. */
#define RAMFS_MAX_FILE_SIZE (64L << 20)

struct ramfs_file {
	struct mutex mutex;
	struct page **pages; /* counted, because programs may map them */
	size_t nr_pages;
	size_t capacity; /* of pages[] */
};

/* Makes room for n pointers to pages. */
static int reserve_slots(struct ramfs_file *ram, size_t n)
{
	size_t capacity = max_t(size_t, max(n, ram->capacity * 2), 8);
	struct page **pages;

	if (n <= ram->capacity)
		return 0;
	pages = kcalloc(capacity, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOSPC;
	memcpy(pages, ram->pages, ram->nr_pages * sizeof(*pages));
	kfree(ram->pages);
	ram->pages = pages;
	ram->capacity = capacity;
	return 0;
}

/* Makes the pages of the first size bytes. */
static int ramfs_reserve(struct ramfs_file *ram, loff_t size)
{
	size_t n = PFN_UP((unsigned long)size);
	int error = reserve_slots(ram, n);
	struct page *page;

	while (!error && ram->nr_pages < n) {
		if (!pages_to_spare(1))
			return -ENOSPC;
		page = alloc_page(GFP_KERNEL | __GFP_ZERO);
		if (!page)
			return -ENOSPC;
		init_page_count(page);
		ram->pages[ram->nr_pages++] = page;
	}
	return error;
}

/* Gives up the pages behind the first size bytes. A program that maps one keeps it. */
static void ramfs_trim(struct ramfs_file *ram, loff_t size)
{
	while (ram->nr_pages > PFN_UP((unsigned long)size))
		put_page(ram->pages[--ram->nr_pages]);
}

/*
 * Moves the bytes from *pos up to `end` or as many as the iterator wants, page by page, in the
 * direction of copy. Returns their number, less on a fault.
 */
static size_t move_bytes(struct ramfs_file *ram, struct iov_iter *iter, loff_t *pos, loff_t end,
			 size_t (*copy)(void *data, size_t bytes, struct iov_iter *iter))
{
	size_t done = 0, offset, bytes, copied = 1;
	char *data;

	while (iter->count && *pos < end && copied) {
		offset = (unsigned long)*pos % PAGE_SIZE;
		bytes = min_t(loff_t, PAGE_SIZE - offset, end - *pos);
		data = page_address(ram->pages[(unsigned long)*pos / PAGE_SIZE]);
		copied = copy(data + offset, bytes, iter);
		*pos += copied;
		done += copied;
	}
	return done;
}

static size_t piece_to_iter(void *data, size_t bytes, struct iov_iter *to)
{
	return copy_to_iter(data, bytes, to);
}

static ssize_t ramfs_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct inode *inode = iocb->ki_filp->f_inode;
	struct ramfs_file *ram = inode->i_private;
	bool wanted;
	size_t done;

	if (iocb->ki_pos < 0)
		return -EINVAL;
	mutex_lock(&ram->mutex);
	wanted = to->count && iocb->ki_pos < inode->i_size;
	done = move_bytes(ram, to, &iocb->ki_pos, inode->i_size, piece_to_iter);
	mutex_unlock(&ram->mutex);
	return wanted && !done ? -EFAULT : (ssize_t)done;
}

/* One page, or the part of it that lies before end: made, and filled. */
static int write_piece(struct ramfs_file *ram, loff_t *pos, loff_t end, struct iov_iter *from)
{
	int error;

	end = min(end, ALIGN(*pos + 1, (loff_t)PAGE_SIZE));
	error = ramfs_reserve(ram, end);
	if (error)
		return error;
	move_bytes(ram, from, pos, end, copy_from_iter);
	return *pos == end ? 0 : -EFAULT;
}

/*
 * A page is made when there is something to put into it: a caller may ask for much more than it
 * has, or than there is room for. It gets what was written before that showed.
 */
static ssize_t __ramfs_write(struct inode *inode, loff_t *pos, struct iov_iter *from)
{
	struct ramfs_file *ram = inode->i_private;
	loff_t start = *pos, end;
	int error = 0;

	if (!from->count)
		return 0;
	if (*pos < 0 || *pos > RAMFS_MAX_FILE_SIZE ||
	    from->count > (u64)(RAMFS_MAX_FILE_SIZE - *pos))
		return -EFBIG;
	end = *pos + from->count;
	while (*pos < end && !error)
		error = write_piece(ram, pos, end, from);
	if (*pos > start)
		inode->i_size = max(inode->i_size, *pos);
	inode->i_mtime = ktime_get_real();
	ramfs_trim(ram, inode->i_size);
	return *pos > start ? (ssize_t)(*pos - start) : error;
}

static ssize_t ramfs_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct inode *inode = iocb->ki_filp->f_inode;
	struct ramfs_file *ram = inode->i_private;
	ssize_t ret;

	mutex_lock(&ram->mutex);
	if (iocb->ki_filp->f_flags & O_APPEND)
		iocb->ki_pos = inode->i_size; /* under the mutex: another writer moves the end */
	ret = __ramfs_write(inode, &iocb->ki_pos, from);
	mutex_unlock(&ram->mutex);
	return ret;
}

/*
 * The pages that the file has now: themselves, or copies. Behind its end nothing is mapped, and
 * what is written there later is not seen.
 */
static int ramfs_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct ramfs_file *ram = file->f_inode->i_private;
	unsigned long first = vma->vm_pgoff, nr = vma_pages(vma);
	int error;

	mutex_lock(&ram->mutex);
	first = min(first, (unsigned long)ram->nr_pages);
	nr = min(nr, ram->nr_pages - first);
	error = vma->vm_flags & VM_SHARED ? vm_insert_pages(vma, ram->pages + first, nr)
					  : vm_insert_copies(vma, ram->pages + first, nr);
	mutex_unlock(&ram->mutex);
	return error;
}

static const struct file_operations ramfs_file_operations = {
	.read_iter = ramfs_read,
	.write_iter = ramfs_write,
	.mmap = ramfs_mmap,
	.llseek = generic_file_llseek,
};

/* Shrinking clears the rest of the last page, because bytes behind i_size are zero. */
static int __ramfs_truncate(struct inode *inode, loff_t size)
{
	struct ramfs_file *ram = inode->i_private;
	size_t tail = (unsigned long)size % PAGE_SIZE;
	int error;

	if (size > RAMFS_MAX_FILE_SIZE)
		return -EFBIG;
	error = ramfs_reserve(ram, size);
	ramfs_trim(ram, error ? inode->i_size : size);
	if (error)
		return error;
	if (tail && size < inode->i_size)
		memset(page_address(ram->pages[ram->nr_pages - 1]) + tail, 0, PAGE_SIZE - tail);
	inode->i_size = size;
	inode->i_mtime = ktime_get_real();
	return 0;
}

static int ramfs_truncate(struct inode *inode, loff_t size)
{
	struct ramfs_file *ram = inode->i_private;
	int error;

	mutex_lock(&ram->mutex);
	error = __ramfs_truncate(inode, size);
	mutex_unlock(&ram->mutex);
	return error;
}

static void ramfs_evict(struct inode *inode)
{
	struct ramfs_file *ram = inode->i_private;

	ramfs_trim(ram, 0);
	kfree(ram->pages);
	kfree(ram);
}

static const struct inode_operations ramfs_file_inode_operations = {
	.truncate = ramfs_truncate,
	.evict = ramfs_evict,
};

static struct inode *ramfs_new_file(const char *name, umode_t mode)
{
	struct ramfs_file *ram = kzalloc(sizeof(*ram), GFP_KERNEL);
	struct inode *inode;

	if (!ram)
		return NULL;
	mutex_init(&ram->mutex);
	inode = new_inode(name, mode, &ramfs_file_inode_operations, &ramfs_file_operations, ram);
	if (!inode)
		kfree(ram);
	return inode;
}

/* --- symbolic links: i_private is the text --- */

static int ramfs_readlink(const struct inode *inode, char *buf, size_t size)
{
	ssize_t len = strscpy(buf, inode->i_private, size);

	return len < 0 ? -ENAMETOOLONG : len;
}

static void ramfs_evict_link(struct inode *inode)
{
	kfree(inode->i_private);
}

static const struct inode_operations ramfs_link_inode_operations = {
	.readlink = ramfs_readlink,
	.evict = ramfs_evict_link,
};

static struct inode *ramfs_new_link(const char *name, umode_t mode, const char *target)
{
	char *text = kstrdup(target, GFP_KERNEL);
	struct inode *inode;

	if (!text)
		return NULL;
	inode = new_inode(name, mode, &ramfs_link_inode_operations, NULL, text);
	if (inode)
		inode->i_size = strlen(text);
	else
		kfree(text);
	return inode;
}

static struct inode *ramfs_create(struct inode *dir, const char *name, umode_t mode,
				  const char *target)
{
	struct inode *inode;

	if (S_ISDIR(mode))
		inode = new_inode(name, mode, &ramfs_dir_inode_operations, &simple_dir_operations,
				  NULL);
	else if (S_ISREG(mode))
		inode = ramfs_new_file(name, mode);
	else if (S_ISLNK(mode))
		inode = ramfs_new_link(name, mode, target);
	else
		return ERR_PTR(-EPERM);
	return inode ? inode : ERR_PTR(-ENOSPC);
}

const struct inode_operations ramfs_dir_inode_operations = {
	.create = ramfs_create,
};
