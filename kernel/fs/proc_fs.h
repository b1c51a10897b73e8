/* SPDX-License-Identifier: MIT */
/*
 * Files whose text is made when they are read: /proc, and whatever else has a show function. The
 * text is made once, at the first read or at a read from position 0, and kept for that open file,
 * so that a reader with a small buffer sees one consistent text.
 *
 * Linux counterpart: include/linux/proc_fs.h, seq_file.h (here one whole text instead of records).
 */
#pragma once

#include <kernel/fs/fs.h>

struct seq_buf;
struct task_struct;

/*
 * Makes a read-only file of the text that show() writes. path is absolute, or below /proc when it
 * does not start with a slash; directories on the way are made. show() runs in process context, may
 * sleep, and may run again with a larger buffer. Returns 0 or a negative errno. From initcalls on.
 */
int proc_create_show(const char *path, void (*show)(struct seq_buf *seq));

/* Makes a file with operations of its own; file->private_data is theirs, NULL at open. Likewise. */
int proc_create_ops(const char *path, umode_t mode, const struct file_operations *fops);

/* ---- between the files of this folder ---- */

/*
 * The machine behind such files, for one that has more to show than a plain function: what an open
 * file holds. show() gets arg.
 */
struct show_file {
	void (*show)(struct seq_buf *seq, void *arg);
	void *arg;
	char *text;
	size_t size;
};

ssize_t show_read_iter(struct kiocb *iocb, struct iov_iter *to);
int show_open(struct file *file, void (*show)(struct seq_buf *seq, void *arg), void *arg);
void show_release(struct file *file);
