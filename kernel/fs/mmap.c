/* SPDX-License-Identifier: MIT */
/*
 * What a program's area and the file that it maps are to each other: the area is a user of the open
 * file, as a descriptor is. So a device's release() is called when it is closed and unmapped.
 *
 * Linux counterpart: call_mmap() in include/linux/fs.h, vm_area_dup() and remove_vma() in mm/
 */

#include <kernel/fs/fs.h>
#include <mm/address_space.h>

static int file_vm_mmap(struct vm_area_struct *vma)
{
	return vma->vm_file->f_op->mmap(vma->vm_file, vma);
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
