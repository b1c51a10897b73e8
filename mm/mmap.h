/* SPDX-License-Identifier: MIT */
/*
 * Declares what a program may ask about its address space: map, unmap, protect, resize and move.
 *
 * All are called by the task of mm, in process context. Lengths are in bytes and are rounded up to
 * pages, addresses are multiples of PAGE_SIZE or refused. A result that is an address or an errno
 * is tested by IS_ERR_VALUE(). The arguments come from a program, so any value may.
 *
 * Linux counterpart: include/linux/mm.h
 */
#pragma once

#include <mm/address_space.h>

/*
 * Maps an area of len bytes: zeroed memory, or what vm_ops->mmap() puts there. *like gives its
 * flags, rights and file. flags are MAP_ flags of kernel/uapi/mman.h: addr is the place with
 * MAP_FIXED, and a wish without. Otherwise the highest free place below the stack is taken. Returns
 * the address, or -EINVAL, -ENOMEM, -EPERM (below MMAP_MIN_ADDR), -EEXIST, or what mmap() says.
 */
unsigned long vm_mmap(struct mm_struct *mm, unsigned long addr, unsigned long len,
		      unsigned long flags, const struct vm_area_struct *like);

/*
 * Maps an area like this one, whole pages of user space, where nothing is mapped. Returns 0 or an
 * errno with nothing mapped. Asks no watermark.
 */
int mmap_region(struct mm_struct *mm, const struct vm_area_struct *like);

/*
 * Unmaps what is mapped in [addr, addr + len). Returns 0, -EINVAL, or -ENOMEM when an area must be
 * split and no record can be had.
 */
int do_munmap(struct mm_struct *mm, unsigned long addr, unsigned long len);

/*
 * Gives all of [start, start + len) the rights VM_READ, VM_WRITE and VM_EXEC as asked. Returns 0,
 * -EINVAL, -ENOMEM (a part is not mapped, or memory is short) or -EACCES (what is mapped cannot
 * have such a right).
 */
int do_mprotect(struct mm_struct *mm, unsigned long start, unsigned long len, unsigned long rights);

/*
 * Resizes [addr, addr + old_len) to new_len; flags are MREMAP_ flags. What moves or grows must lie
 * in one area. Returns the address, which is another one if it had to move, or -EINVAL, -EFAULT
 * (not one area, or one that cannot grow) or -ENOMEM.
 */
unsigned long do_mremap(struct mm_struct *mm, unsigned long addr, unsigned long old_len,
			unsigned long new_len, unsigned long flags, unsigned long new_addr);
