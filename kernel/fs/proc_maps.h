/* SPDX-License-Identifier: MIT */
/* The rows of /proc/PID/maps. Linux counterpart: fs/proc/task_mmu.c */
#pragma once

#include <kernel/lib/types.h>

struct seq_buf;
struct seq_pos;
struct task_struct;

/*
 * Appends the row of p's next area, by address, as a show_row_t does (kernel/fs/proc_fs.h).
 * tasklist_lock is held.
 */
bool maps_show(struct seq_buf *s, struct seq_pos *pos, const struct task_struct *p);
