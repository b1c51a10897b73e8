/* SPDX-License-Identifier: MIT */
/*
 * Declares the address space of a program: its tables, its areas and the calls that change them.
 *
 * Every page of an area that a program may touch is present as long as the area exists. There is no
 * demand paging and no copy on write, so a page fault from user mode is always an error.
 *
 * mm->lock protects the list of areas and brk. An mm has one task that runs, and only this task
 * changes it: after vfork() the parent sleeps until the child has an mm of its own.
 *
 * What a program asks about its memory is in mm/mmap.h, the list of areas in mm/vma.h, their pages
 * in mm/user_pages.h.
 *
 * Linux counterpart: include/linux/mm_types.h, mm.h
 */
#pragma once

#include <asm/mmu_context_types.h>
#include <asm/pgtable.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/list.h>
#include <kernel/lib/types.h>

/* What user mode may do in an area. */
#define VM_READ         0x1
#define VM_WRITE        0x2
#define VM_EXEC         0x4
#define VM_ACCESS_FLAGS (VM_READ | VM_WRITE | VM_EXEC)

/* What mprotect() may allow it: each is the bit above, shifted by 4. */
#define VM_MAYREAD  0x10
#define VM_MAYWRITE 0x20
#define VM_MAYEXEC  0x40
#define VM_MAY_ALL  (VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC)

/*
 * Whose the pages are. By default they are the area's own: a fork copies them. Those of a VM_SHARED
 * or VM_MIXEDMAP area have other owners as well, and are counted (mm/page_ref.h). A VM_PFNMAP area
 * maps what is not RAM, or not the program's to free: its entries are all there is.
 */
#define VM_SHARED   0x8 /* what one program writes, the others see */
#define VM_PFNMAP   0x400
#define VM_IO       0x4000 /* device registers: of the device type, never executable */
#define VM_MIXEDMAP 0x10000000

#define VM_DONTEXPAND 0x40000 /* mremap() must not let it grow: there is no more of it */

/* The area has its pages. One without them never could be touched. Linux has no such bit. */
#define VM_POPULATED 0x80000000UL

struct file;
struct vm_area_struct;

/* What the upper floors do with an area that maps a file or a device. All are there. */
struct vm_operations_struct {
	/* Fills a new area with pages. 0 or an errno with nothing mapped. May change its flags. */
	int (*mmap)(struct vm_area_struct *vma);
	/* A record was made, or copied by fork() or a split. */
	void (*open)(struct vm_area_struct *vma);
	/* The record goes, and its pages have been unmapped. */
	void (*close)(struct vm_area_struct *vma);
};

struct vm_area_struct {
	struct list_head list; /* in vm_mm->areas, ascending */
	struct mm_struct *vm_mm;
	unsigned long vm_start;
	unsigned long vm_end; /* the first byte behind */
	unsigned long vm_flags;
	unsigned long vm_pgoff;                    /* of vm_start in the file, in pages */
	struct file *vm_file;                      /* of kernel/fs; mm only keeps it */
	const struct vm_operations_struct *vm_ops; /* NULL: anonymous memory */
	const char *name;                          /* "[heap]", "[stack]", the file's path, "" */
};

struct mm_struct {
	pgd_t *pgd;
	mm_context_t context;
	spinlock_t lock;
	struct list_head areas;  /* of vm_area_struct.list; they do not overlap */
	int users;               /* tasks; two while vfork() waits */
	unsigned int map_count;  /* how many */
	unsigned long total_vm;  /* pages of all areas */
	unsigned long anon_rss;  /* pages of RAM that are this program's own ... */
	unsigned long shmem_rss; /* ... and those that have other owners, too */
	unsigned long start_code, end_code;
	unsigned long start_brk, brk;
	unsigned long start_stack;
	unsigned long arg_start, arg_end; /* the strings of argv */
};

static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) / PAGE_SIZE;
}

/* The pages of RAM that a program maps: its own, and shared ones. */
static inline unsigned long get_mm_rss(const struct mm_struct *mm)
{
	return mm->anon_rss + mm->shmem_rss;
}

/*
 * The user stack has a fixed size and ends one page below TASK_SIZE. Programs and heaps end at
 * USER_END. The page between it and the stack is never mapped, so a stack overflow faults.
 */
#define STACK_SIZE (16 * PAGE_SIZE)
#define STACK_TOP  (TASK_SIZE - PAGE_SIZE)
#define USER_END   (STACK_TOP - STACK_SIZE - PAGE_SIZE)

/* The page above the stack: what a signal handler returns to. */
#define SIGPAGE STACK_TOP

/* Below this nothing is mapped, so that a NULL pointer with an offset faults. */
#define MMAP_MIN_ADDR UL(0x8000)

/* The kernel's own: no user areas. Kernel threads run on it. */
extern struct mm_struct init_mm;

#define pgd_offset(mm, addr) pgd_offset_pgd((mm)->pgd, addr)

/* A new, empty address space, or NULL without memory. Process context. */
struct mm_struct *mm_alloc(void);

/* One more user of mm. Returns mm. */
struct mm_struct *mmget(struct mm_struct *mm);

/*
 * One user less. The last frees areas, pages and tables, which no processor uses any more. Ignores
 * NULL. Process context.
 */
void mmput(struct mm_struct *mm);

/* A copy of mm, every page copied, or NULL when memory is short. mm is current's. */
struct mm_struct *dup_mm(struct mm_struct *mm);

/*
 * Maps zeroed pages at [addr, addr + len), whole pages inside user space, with VM_ flags; without
 * any right it only takes the addresses. Returns 0, -EINVAL (bounds), -EEXIST (meets another area)
 * or -ENOMEM; then nothing has changed. Asks no watermark.
 */
int do_mmap(struct mm_struct *mm, unsigned long addr, unsigned long len, unsigned long vm_flags,
	    const char *name);

/*
 * Moves the end of the heap. Returns the new end, or the old one when brk is out of bounds or
 * memory is short; then nothing has changed.
 */
unsigned long do_brk(struct mm_struct *mm, unsigned long brk);

/*
 * The area that contains addr, or NULL. mm->lock is held, or mm is current's. Linux: vma_lookup(),
 * while its find_vma() may return an area above.
 */
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
