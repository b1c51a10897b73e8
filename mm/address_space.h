/* SPDX-License-Identifier: MIT */
/*
 * Declares the address space of a program: its tables, its areas and the calls that change them.
 *
 * Every page of an area is present as long as the area exists. There is no demand paging and no
 * copy on write, so a page fault from user mode is always an error.
 *
 * mm->lock protects the list of areas and brk. An mm has one task, and only this task changes it.
 *
 * Linux counterpart: include/linux/mm_types.h, mm/mmap.c, mm/memory.c
 */
#pragma once

#include <asm/mmu_context_types.h>
#include <asm/pgtable.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/list.h>
#include <kernel/lib/types.h>

/* What user mode may do in an area. Never VM_WRITE and VM_EXEC together. */
#define VM_READ  0x1
#define VM_WRITE 0x2
#define VM_EXEC  0x4

struct vm_area_struct {
	struct list_head list; /* in mm->areas, ascending */
	unsigned long vm_start;
	unsigned long vm_end; /* the first byte behind */
	unsigned long vm_flags;
	const char *name; /* a constant: "[heap]", "[stack]", "elf" */
};

struct mm_struct {
	pgd_t *pgd;
	mm_context_t context;
	spinlock_t lock;
	struct list_head areas; /* of vm_area_struct.list; they do not overlap */
	unsigned long total_vm; /* pages mapped */
	unsigned long start_code, end_code;
	unsigned long start_brk, brk;
	unsigned long start_stack;
};

/*
 * The user stack has a fixed size and ends one page below TASK_SIZE. Programs and heaps end at
 * USER_END. The page between it and the stack is never mapped, so a stack overflow faults.
 */
#define STACK_SIZE (16 * PAGE_SIZE)
#define STACK_TOP  (TASK_SIZE - PAGE_SIZE)
#define USER_END   (STACK_TOP - STACK_SIZE - PAGE_SIZE)

/* The kernel's own: no user areas. Kernel threads run on it. */
extern struct mm_struct init_mm;

#define pgd_offset(mm, addr) pgd_offset_pgd((mm)->pgd, addr)

/* A new, empty address space, or NULL without memory. Process context. */
struct mm_struct *mm_alloc(void);

/*
 * Frees areas, pages and tables, which no processor uses any more. Ignores NULL. Process context.
 */
void mmput(struct mm_struct *mm);

/* A copy of mm, every page copied, or NULL when memory is short. mm is current's. */
struct mm_struct *dup_mm(struct mm_struct *mm);

/*
 * Maps zeroed pages at [addr, addr + len), whole pages inside user space, with VM_ flags. Returns
 * 0, -EINVAL (bounds, or writable and executable), -EEXIST (meets another area) or -ENOMEM; then
 * nothing has changed.
 */
int do_mmap(struct mm_struct *mm, unsigned long addr, unsigned long len, unsigned long vm_flags,
	    const char *name);

/*
 * Moves the end of the heap. Returns the new end, or the old one when brk is out of bounds or
 * memory is short; then nothing has changed.
 */
unsigned long do_brk(struct mm_struct *mm, unsigned long brk);

/* The area that contains addr, or NULL. mm->lock is held, or mm is current's. */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);

/*
 * Writes (or, without FOLL_WRITE, reads) user memory of any mm through the linear map, whatever the
 * area permits. Returns the bytes done, fewer than len where no page is mapped.
 */
#define FOLL_WRITE 0x1
size_t access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, size_t len,
			unsigned int gup_flags);

/*
 * Makes what was written to [addr, addr + len) of mm executable: cleans the data cache, then
 * invalidates the instruction cache.
 */
void flush_user_icache_range(struct mm_struct *mm, unsigned long addr, size_t len);
