/* SPDX-License-Identifier: MIT */
/*
 * Files whose text is made when they are read: /proc, and whatever else has a show function. A list
 * is made row by row, each when it is read. So a row is consistent in itself, not with the others.
 * A row that is there all the time is read exactly once, one that comes or goes meanwhile at most
 * once. A text that is not a list is made as one row.
 *
 * Linux counterpart: include/linux/proc_fs.h, seq_file.h
 */
#pragma once

#include <kernel/base/seq_buf.h>
#include <kernel/fs/fs.h>

struct task_struct;

/*
 * Appends the next row of a list, which is at *pos or behind it, and moves *pos behind that row.
 * Returns false, with nothing appended, when there is none. Runs in process context and may sleep.
 * May run again with the same *pos and a larger buffer.
 */
typedef bool show_row_t(struct seq_buf *seq, struct seq_pos *pos);

/*
 * Make a read-only file: of a list, or of the text that show() writes. path is absolute, or below
 * /proc when it does not start with a slash; directories on the way are made. Return 0 or a
 * negative errno. From initcalls on.
 */
int proc_create_seq(const char *path, show_row_t *show_row);
int proc_create_single(const char *path, void (*show)(struct seq_buf *seq));

/* Makes a file with operations of its own; file->private_data is theirs, NULL at open. Likewise. */
int proc_create_ops(const char *path, umode_t mode, const struct file_operations *fops);

/* ---- for files with more to show than a plain function ---- */

/* Appends a row as show_row_t does; arg is what show_open() was given. */
typedef bool show_arg_row_t(struct seq_buf *seq, struct seq_pos *pos, void *arg);

/* Whether *pos is in front of a text that is one row; moves it behind. For show functions. */
static inline bool show_once(struct seq_pos *pos)
{
	return !pos->key++;
}

ssize_t show_read_iter(struct kiocb *iocb, struct iov_iter *to);
int show_open(struct file *file, show_arg_row_t *show_row, void *arg);
void show_release(struct file *file);
