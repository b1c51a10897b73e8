/* SPDX-License-Identifier: MIT */
/*
 * The areas of a program in words: /proc/PID/maps, and for the report of an address of its own.
 *
 * A row has the form of Linux's, where other programs look for it: the name begins at a fixed
 * column. The device of a file is not shown, because there are no mounts.
 *
 * Linux counterpart: fs/proc/task_mmu.c
 */

#include <kernel/base/initcall.h>
#include <kernel/base/panic.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/fs.h>
#include <kernel/fs/proc_maps.h>
#include <kernel/sched/sched.h>
#include <mm/address_space.h>
#include <mm/describe.h>

/* Linux's: an address has up to 16 digits, or 8. */
#define NAME_COLUMN ((int)(25 + 6 * sizeof(void *)))

static void print_rights(struct seq_buf *s, unsigned long vm_flags)
{
	seq_buf_printf(s, "%c%c%c%c", vm_flags & VM_READ ? 'r' : '-',
		       vm_flags & VM_WRITE ? 'w' : '-', vm_flags & VM_EXEC ? 'x' : '-',
		       vm_flags & VM_SHARED ? 's' : 'p');
}

static void print_row(struct seq_buf *s, const struct vm_area_struct *vma)
{
	unsigned long ino = vma->vm_file ? vma->vm_file->f_inode->i_ino : 0;
	u64 offset = vma->vm_file ? (u64)vma->vm_pgoff * PAGE_SIZE : 0;
	size_t start = seq_buf_used(s);
	int used;

	seq_buf_printf(s, "%08lx-%08lx ", vma->vm_start, vma->vm_end);
	print_rights(s, vma->vm_flags);
	seq_buf_printf(s, " %08llx 00:00 %lu ", offset, ino);
	used = seq_buf_used(s) - start;
	if (vma->name[0])
		seq_buf_printf(s, "%*s%s", used < NAME_COLUMN ? NAME_COLUMN - used : 0, "",
			       vma->name);
	seq_buf_putc(s, '\n');
}

/* Under the lock, which keeps the area, so its file and the name. */
bool maps_show(struct seq_buf *s, struct seq_pos *pos, const struct task_struct *p)
{
	struct vm_area_struct *vma;
	bool shown = false;

	if (!p->mm)
		return false;
	spin_lock(&p->mm->lock);
	list_for_each_entry(vma, &p->mm->areas, list) {
		if (vma->vm_start < pos->key)
			continue;
		print_row(s, vma);
		pos->key = vma->vm_end;
		shown = true;
		break;
	}
	spin_unlock(&p->mm->lock);
	return shown;
}

/* Only the running program changes its list, so it is whole, unless that very code has died. */
static bool describe_user_mapping(struct seq_buf *s, unsigned long addr)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;

	if (!mm || (oops_in_progress && spin_is_locked(&mm->lock)))
		return false;
	vma = find_vma(mm, addr);
	if (!vma)
		return false;
	seq_buf_printf(s, "user mapping 0x%lx-0x%lx ", vma->vm_start, vma->vm_end);
	print_rights(s, vma->vm_flags);
	if (vma->name[0])
		seq_buf_printf(s, " %s", vma->name);
	return true;
}

static int __init proc_maps_init(void)
{
	describe_set_user_mapping(describe_user_mapping);
	return 0;
}
core_initcall(proc_maps_init);
