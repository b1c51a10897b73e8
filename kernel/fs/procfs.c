/* SPDX-License-Identifier: MIT */
/*
 * Files of text that is made when it is read.
 *
 * The length of a text is not known before it is made, so the buffer doubles and show() runs again
 * until everything fits. The text then belongs to the open file; its positions are those of one
 * consistent text, however small the reader's buffer is. Reading from position 0 makes it anew.
 *
 * Linux counterpart: fs/proc/generic.c, fs/seq_file.c
 */

#include <kernel/base/seq_buf.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

/* No listing is longer than this; one that is shows a mistake. */
#define SHOW_MAX_SIZE (16UL << 20)

/* From kmalloc as long as it can: a buffer of vmalloc's would itself be a row of vmallocinfo. */
static void *alloc_text(size_t size)
{
	void *text = size <= KMALLOC_MAX_SIZE ? kmalloc(size, GFP_KERNEL) : NULL;

	return text ? text : vmalloc(size);
}

static void drop_text(struct show_file *show)
{
	if (is_vmalloc_addr(show->text))
		vfree(show->text);
	else
		kfree(show->text);
	show->text = NULL;
	show->size = 0;
}

static int make_text(struct show_file *show)
{
	struct seq_buf seq;
	size_t size;

	drop_text(show);
	for (size = PAGE_SIZE; size <= SHOW_MAX_SIZE; size *= 2) {
		show->text = alloc_text(size);
		if (!show->text)
			return -ENOMEM;
		seq_buf_init(&seq, show->text, size);
		show->show(&seq, show->arg);
		if (!seq_buf_has_overflowed(&seq)) {
			show->size = seq_buf_used(&seq);
			return 0;
		}
		drop_text(show);
	}
	return -EOVERFLOW;
}

ssize_t show_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct show_file *show = iocb->ki_filp->private_data;
	int error;

	if (!show->text || iocb->ki_pos == 0) {
		error = make_text(show);
		if (error)
			return error;
	}
	return simple_copy_to_iter(to, &iocb->ki_pos, show->text, show->size);
}

int show_open(struct file *file, void (*show)(struct seq_buf *seq, void *arg), void *arg)
{
	struct show_file *state = kzalloc(sizeof(*state), GFP_KERNEL);

	if (!state)
		return -ENOMEM;
	state->show = show;
	state->arg = arg;
	file->private_data = state;
	return 0;
}

void show_release(struct file *file)
{
	drop_text(file->private_data);
	kfree(file->private_data);
}

/* --- files of a show function without argument; i_private holds the function --- */

struct proc_show_entry {
	void (*show)(struct seq_buf *seq);
};

static void call_show(struct seq_buf *seq, void *arg)
{
	const struct proc_show_entry *entry = arg;

	entry->show(seq);
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

int proc_create_show(const char *path, void (*show)(struct seq_buf *seq))
{
	struct proc_show_entry *entry = kmalloc(sizeof(*entry), GFP_KERNEL);
	int error;

	if (!entry)
		return -ENOMEM;
	entry->show = show;
	error = proc_add(path, 0444, &proc_show_operations, entry);
	if (error)
		kfree(entry);
	return error;
}
