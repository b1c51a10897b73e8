/* SPDX-License-Identifier: MIT */
/*
 * Maps files into programs. An area holds a reference on the open file that it maps, as a
 * descriptor does. So a device's release() is called after it was closed and unmapped.
 *
 * The area's name is the path that the file had when it was first mapped.
 *
 * Linux counterpart: call_mmap() in include/linux/fs.h, vm_area_dup() and remove_vma() in mm/
 */

#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <mm/address_space.h>
#include <mm/mmap.h>
#include <mm/slab.h>
#include <mm/user_pages.h>

/* Two programs may map the file at the same moment: the second one's text is thrown away. */
static void set_path(struct file *file, char *path)
{
	spin_lock(&file->f_lock);
	if (!file->f_path) {
		file->f_path = path;
		path = NULL;
	}
	spin_unlock(&file->f_lock);
	kfree(path);
}

static int find_path(struct file *file)
{
	char *path = kmalloc(PATH_MAX, GFP_KERNEL), *copy;

	if (!path)
		return -ENOMEM;
	copy = kstrdup(vfs_getpath(file->f_inode, path, PATH_MAX) > 0 ? path : "(deleted)",
		       GFP_KERNEL);
	kfree(path);
	if (!copy)
		return -ENOMEM;
	set_path(file, copy);
	return 0;
}

/* Gives the area its file's name. */
static int name_area(struct vm_area_struct *vma)
{
	struct file *file = vma->vm_file;
	int error = file->f_path ? 0 : find_path(file);

	if (!error)
		vma->name = file->f_path;
	return error;
}

static int file_vm_mmap(struct vm_area_struct *vma)
{
	int error = name_area(vma);

	return error ? error : vma->vm_file->f_op->mmap(vma->vm_file, vma);
}

/* Memory of the program's own, which the loader fills. */
static int program_vm_mmap(struct vm_area_struct *vma)
{
	int error = name_area(vma);

	return error ? error : populate_vma(vma);
}

static void file_vm_open(struct vm_area_struct *vma)
{
	get_file(vma->vm_file);
}

static void file_vm_close(struct vm_area_struct *vma)
{
	fput(vma->vm_file);
}

const struct vm_operations_struct file_vm_ops = {
	.mmap = file_vm_mmap,
	.open = file_vm_open,
	.close = file_vm_close,
};

static const struct vm_operations_struct program_vm_ops = {
	.mmap = program_vm_mmap,
	.open = file_vm_open,
	.close = file_vm_close,
};

int mmap_program(struct mm_struct *mm, unsigned long addr, unsigned long len,
		 unsigned long vm_flags, struct file *file, unsigned long pgoff)
{
	const struct vm_area_struct area = {
		.vm_start = addr,
		.vm_end = addr + len,
		.vm_flags = vm_flags | VM_MAY_ALL,
		.vm_pgoff = pgoff,
		.vm_file = file,
		.vm_ops = &program_vm_ops,
	};

	return mmap_region(mm, &area);
}
