/* SPDX-License-Identifier: MIT */
/*
 * Files of text that is made when it is read.
 *
 * An open file holds a piece of its text, as many whole rows as fit into a page, and the place of
 * the next row. A read copies from the piece and makes the next one when that is used up. Reading
 * from an earlier position than the piece's, and from position 0 always, starts anew.
 *
 * Linux counterpart: fs/proc/generic.c, fs/seq_file.c
 */

#include <kernel/fs/proc_fs.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/slab.h>

/* No row is longer than this; one that is shows a mistake. */
#define ROW_MAX_SIZE KMALLOC_MAX_SIZE

/* What an open file holds. The piece is size bytes at position start of the whole text. */
struct show_file {
	show_arg_row_t *show_row;
	void *arg;
	struct seq_pos next; /* the first row behind the piece */
	loff_t start;
	size_t size, capacity;
	char *piece;
};

static int grow_piece(struct show_file *show)
{
	size_t capacity = show->capacity ? 2 * show->capacity : PAGE_SIZE;

	if (capacity > ROW_MAX_SIZE)
		return -EOVERFLOW;
	kfree(show->piece);
	show->piece = kmalloc(capacity, GFP_KERNEL);
	show->capacity = show->piece ? capacity : 0;
	return show->piece ? 0 : -ENOMEM;
}

/* Appends rows while they fit. Returns false when not even the first did. */
static bool fill_piece(struct show_file *show)
{
	struct seq_pos next = show->next;
	struct seq_buf seq;
	size_t used = 0;

	if (!show->capacity)
		return false;
	seq_buf_init(&seq, show->piece, show->capacity);
	while (show->show_row(&seq, &next, show->arg) && !seq_buf_has_overflowed(&seq)) {
		used = seq_buf_used(&seq);
		show->next = next;
	}
	show->size = used;
	return used || !seq_buf_has_overflowed(&seq);
}

/* Goes on to the piece behind this one, which has size 0 at the end of the text. */
static int next_piece(struct show_file *show)
{
	int error;

	show->start += show->size;
	show->size = 0;
	while (!fill_piece(show)) {
		error = grow_piece(show);
		if (error)
			return error;
	}
	return 0;
}

static void rewind(struct show_file *show)
{
	show->next = (struct seq_pos){};
	show->start = 0;
	show->size = 0;
}

/* Makes the piece that contains pos, or the end of the text. */
static int seek_piece(struct show_file *show, loff_t pos)
{
	int error;

	if (!pos || pos < show->start)
		rewind(show);
	while (pos >= show->start + (loff_t)show->size) {
		error = next_piece(show);
		if (error || !show->size)
			return error;
	}
	return 0;
}

ssize_t show_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct show_file *show = iocb->ki_filp->private_data;
	loff_t offset;
	ssize_t n;
	int error = seek_piece(show, iocb->ki_pos);

	if (error)
		return error;
	/* At most one piece: the next read finds the reader's buffer aligned again. */
	offset = iocb->ki_pos - show->start;
	n = simple_copy_to_iter(to, &offset, show->piece, show->size);
	iocb->ki_pos = show->start + offset;
	return n;
}

int show_open(struct file *file, show_arg_row_t *show_row, void *arg)
{
	struct show_file *show = kzalloc(sizeof(*show), GFP_KERNEL);

	if (!show)
		return -ENOMEM;
	show->show_row = show_row;
	show->arg = arg;
	file->private_data = show;
	return 0;
}

void show_release(struct file *file)
{
	struct show_file *show = file->private_data;

	kfree(show->piece);
	kfree(show);
}

/* --- files of a function without argument; i_private holds the function --- */

struct proc_show_entry {
	show_row_t *show_row;              /* of a list, or */
	void (*show)(struct seq_buf *seq); /* of a text */
};

static bool call_show(struct seq_buf *seq, struct seq_pos *pos, void *arg)
{
	const struct proc_show_entry *entry = arg;

	if (entry->show_row)
		return entry->show_row(seq, pos);
	if (!show_once(pos))
		return false;
	entry->show(seq);
	return true;
}

static int proc_show_open(struct inode *inode, struct file *file)
{
	return show_open(file, call_show, inode->i_private);
}

static const struct file_operations proc_show_operations = {
	.read_iter = show_read_iter,
	.llseek = generic_file_llseek,
	.open = proc_show_open,
	.release = show_release,
};

/* --- making files --- */

static int proc_add(const char *path, umode_t mode, const struct file_operations *fops,
		    void *private)
{
	char full[NAME_MAX + 1];

	snprintf(full, sizeof(full), "%s%s", path[0] == '/' ? "" : "/proc/", path);
	return vfs_add(full, S_IFREG | mode, NULL, fops, private);
}

int proc_create_ops(const char *path, umode_t mode, const struct file_operations *fops)
{
	return proc_add(path, mode, fops, NULL);
}

static int proc_create_show(const char *path, struct proc_show_entry what)
{
	struct proc_show_entry *entry = kmalloc(sizeof(*entry), GFP_KERNEL);
	int error;

	if (!entry)
		return -ENOMEM;
	*entry = what;
	error = proc_add(path, 0444, &proc_show_operations, entry);
	if (error)
		kfree(entry);
	return error;
}

int proc_create_seq(const char *path, show_row_t *show_row)
{
	return proc_create_show(path, (struct proc_show_entry){ .show_row = show_row });
}

int proc_create_single(const char *path, void (*show)(struct seq_buf *seq))
{
	return proc_create_show(path, (struct proc_show_entry){ .show = show });
}
