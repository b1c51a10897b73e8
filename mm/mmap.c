/* SPDX-License-Identifier: MIT */
/*
 * Maps, unmaps, protects, resizes and moves the areas of a program, as its system calls ask.
 *
 * An area with any right has all of its pages from the start. Linux brings each page at its first
 * access. Here a call that returns success has the memory, and one that cannot have it returns
 * -ENOMEM, while in Linux a program may be killed later for an access that it was promised. It
 * costs the pages that are never touched. The one exception is an area that was mapped without any
 * right, as programs do to reserve addresses: it has no pages until mprotect() gives it a right.
 *
 * Every call checks first and changes then. What is refused changes nothing that the program sees,
 * with one exception: with MAP_FIXED and MREMAP_FIXED, the areas at the new place are unmapped
 * before the last steps, which can still fail. So it is in Linux 6.1.
 *
 * Linux counterpart: mm/mmap.c, mm/mprotect.c, mm/mremap.c
 */
#include <kernel/lib/err.h>
#include <kernel/lib/sizes.h>
#include <kernel/uapi/mman.h>
#include <mm/mmap.h>
#include <mm/page.h>
#include <mm/user_pages.h>
#include <mm/vma.h>
#include <mm/watermark.h>

/* Whether [addr, addr + len) is user space. Not addr + len <= TASK_SIZE: that sum may wrap. */
static bool in_user_space(unsigned long addr, unsigned long len)
{
	return len <= TASK_SIZE && addr <= TASK_SIZE - len;
}

/* --- Mapping --- */

/* What is shared has its pages at once: a program and its child must find the same ones. */
static bool needs_pages(unsigned long vm_flags)
{
	return vm_flags & (VM_ACCESS_FLAGS | VM_SHARED);
}

static int fill_area(struct vm_area_struct *vma)
{
	int error;

	if (vma->vm_ops)
		return vma->vm_ops->mmap(vma);
	if (!needs_pages(vma->vm_flags))
		return 0;
	error = populate_vma(vma);
	/* The instruction cache may know what the pages' last owner ran. */
	if (!error && (vma->vm_flags & VM_EXEC))
		flush_user_icache_range(vma->vm_mm, vma->vm_start, vma->vm_end - vma->vm_start);
	return error;
}

int mmap_region(struct mm_struct *mm, const struct vm_area_struct *like)
{
	struct vm_area_struct *vma = vma_alloc(mm, like);
	int error;

	if (!vma)
		return -ENOMEM;
	error = fill_area(vma);
	if (error) {
		vma_free(vma);
		return error;
	}
	vma_link(mm, vma);
	vma_join(mm, like->vm_start, like->vm_end);
	return 0;
}

int do_mmap(struct mm_struct *mm, unsigned long addr, unsigned long len, unsigned long vm_flags,
	    const char *name)
{
	const struct vm_area_struct area = {
		.vm_start = addr,
		.vm_end = addr + len,
		.vm_flags = vm_flags | VM_MAY_ALL,
		.name = name,
	};

	if (!len || !PAGE_ALIGNED(addr | len) || !in_user_space(addr, len))
		return -EINVAL;
	if (find_vma_intersection(mm, addr, addr + len))
		return -EEXIST;
	return mmap_region(mm, &area);
}

/* The place of a new area: an address, or an errno. len is whole pages. */
static unsigned long get_unmapped_area(struct mm_struct *mm, unsigned long addr, unsigned long len,
				       unsigned long flags)
{
	if (len > TASK_SIZE)
		return -ENOMEM;
	if (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) {
		if (!PAGE_ALIGNED(addr))
			return -EINVAL;
		if (!in_user_space(addr, len))
			return -ENOMEM;
		if (addr < MMAP_MIN_ADDR)
			return -EPERM;
		if ((flags & MAP_FIXED_NOREPLACE) && find_vma_intersection(mm, addr, addr + len))
			return -EEXIST;
		return addr;
	}
	addr &= PAGE_MASK; /* a hint, which is taken when it can be */
	if (addr >= MMAP_MIN_ADDR && len <= USER_END && addr <= USER_END - len &&
	    !find_vma_intersection(mm, addr, addr + len))
		return addr;
	return vma_find_gap(mm, len) ?: (unsigned long)-ENOMEM;
}

/* The pages that an area takes, besides tables and a record. */
static unsigned long pages_wanted(unsigned long vm_flags, unsigned long len)
{
	return needs_pages(vm_flags) ? len / PAGE_SIZE : 0;
}

unsigned long vm_mmap(struct mm_struct *mm, unsigned long addr, unsigned long len,
		      unsigned long flags, const struct vm_area_struct *like)
{
	struct vm_area_struct area = *like;
	int error;

	if (!len)
		return -EINVAL;
	if (len > TASK_SIZE)
		return -ENOMEM;
	len = PAGE_ALIGN(len); /* only now: for the largest numbers it wraps to 0 */
	if (area.vm_pgoff + len / PAGE_SIZE < area.vm_pgoff)
		return -EOVERFLOW;
	addr = get_unmapped_area(mm, addr, len, flags);
	if (IS_ERR_VALUE(addr))
		return addr;
	/* Before the old areas go: the pages that these give back are not counted on. */
	if (!pages_to_grow(area.vm_ops ? 0 : pages_wanted(area.vm_flags, len)))
		return -ENOMEM;
	if (flags & MAP_FIXED) {
		error = do_munmap(mm, addr, len);
		if (error)
			return error;
	}
	area.vm_start = addr;
	area.vm_end = addr + len;
	error = mmap_region(mm, &area);
	return error ? (unsigned long)error : addr;
}

/* --- Unmapping --- */

int do_munmap(struct mm_struct *mm, unsigned long addr, unsigned long len)
{
	unsigned long end = addr + PAGE_ALIGN(len);
	struct vm_area_struct *vma;
	int error;

	if (!PAGE_ALIGNED(addr) || !len || !in_user_space(addr, len))
		return -EINVAL;
	error = vma_split(mm, addr, end);
	if (error)
		return error;
	while ((vma = find_vma_intersection(mm, addr, end))) {
		unmap_vma(vma);
		vma_unlink(mm, vma);
		vma_free(vma);
	}
	return 0;
}

/* --- The heap: an area that starts at start_brk, absent while it is empty --- */

#define FIRST_HEAP SZ_64K

/* The first pages of a heap count as part of the start: without them a program cannot run. */
static bool room_for_heap(struct mm_struct *mm, unsigned long end, unsigned long new_end)
{
	unsigned long nr = (new_end - end) / PAGE_SIZE;

	return new_end - mm->start_brk <= FIRST_HEAP ? pages_to_start(nr) : pages_to_grow(nr);
}

unsigned long do_brk(struct mm_struct *mm, unsigned long brk)
{
	unsigned long end = PAGE_ALIGN(mm->brk), new_end;

	if (brk < mm->start_brk || brk > USER_END)
		return mm->brk;
	new_end = PAGE_ALIGN(brk); /* only now: PAGE_ALIGN() of the highest addresses wraps to 0 */
	if (new_end > end && !room_for_heap(mm, end, new_end))
		return mm->brk;
	if (new_end > end && do_mmap(mm, end, new_end - end, VM_READ | VM_WRITE, "[heap]"))
		return mm->brk;
	if (new_end < end && do_munmap(mm, new_end, end - new_end))
		return mm->brk;
	mm->brk = brk;
	return brk;
}

/* --- Protecting --- */

/*
 * Whether areas cover all of [start, end), and may have these rights: 0, -ENOMEM or -EACCES. Counts
 * the pages that they have not got yet.
 */
static int mprotect_refusal(struct mm_struct *mm, unsigned long start, unsigned long end,
			    unsigned long rights, unsigned long *missing)
{
	struct vm_area_struct *vma;

	for (*missing = 0; start < end; start = vma->vm_end) {
		vma = find_vma(mm, start);
		if (!vma)
			return -ENOMEM;
		if (rights & ~(vma->vm_flags / VM_MAYREAD))
			return -EACCES;
		if (!(vma->vm_flags & VM_POPULATED))
			*missing += (min(vma->vm_end, end) - start) / PAGE_SIZE;
	}
	return 0;
}

/* Gives pages, without any right so far, to the areas of [start, end) that have none. */
static int populate_areas(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma;
	int error = 0;

	for (; start < end && !error; start = vma->vm_end) {
		vma = find_vma(mm, start);
		if (!(vma->vm_flags & VM_POPULATED))
			error = populate_vma(vma);
	}
	return error;
}

/* The areas lie inside [start, end), and have their pages if there is a right. */
static void set_protection(struct mm_struct *mm, unsigned long start, unsigned long end,
			   unsigned long rights)
{
	struct vm_area_struct *vma;

	if (rights & VM_EXEC) /* what the program wrote there is in the data cache */
		flush_user_icache_range(mm, start, end - start);
	for (; start < end; start = vma->vm_end) {
		vma = find_vma(mm, start);
		vma->vm_flags = (vma->vm_flags & ~VM_ACCESS_FLAGS) | rights;
		protect_vma(vma);
	}
}

int do_mprotect(struct mm_struct *mm, unsigned long start, unsigned long len, unsigned long rights)
{
	unsigned long end = start + PAGE_ALIGN(len), missing;
	int error;

	if (!PAGE_ALIGNED(start))
		return -EINVAL;
	if (!len)
		return 0;
	if (!in_user_space(start, len))
		return -ENOMEM;
	error = mprotect_refusal(mm, start, end, rights, &missing);
	if (error)
		return error;
	if (rights && missing && !pages_to_grow(missing))
		return -ENOMEM;
	error = vma_split(mm, start, end);
	if (!error && rights)
		error = populate_areas(mm, start, end);
	if (!error)
		set_protection(mm, start, end, rights);
	vma_join(mm, start, end);
	return error;
}

/* --- Resizing and moving --- */

/* Maps the pages by which an area at addr grows, or will grow once it is moved there. */
static int grow_area(struct mm_struct *mm, const struct vm_area_struct *vma, unsigned long addr,
		     unsigned long old_len, unsigned long new_len)
{
	return do_mmap(mm, addr + old_len, new_len - old_len, vma->vm_flags & ~VM_POPULATED,
		       vma->name);
}

/* Moves an area to a place that is free and has page tables, and lets it grow to new_len there. */
static int move_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long to,
		    unsigned long new_len)
{
	unsigned long from = vma->vm_start, len = vma->vm_end - from;
	int error = 0;

	vma_unlink(mm, vma); /* first: the new pages may meet it, and would join it */
	if (new_len > len)
		error = grow_area(mm, vma, to, len, new_len);
	if (!error) {
		vma->vm_start = to;
		vma->vm_end = to + len;
		move_vma_pages(vma, from);
	}
	vma_link(mm, vma);
	return error;
}

/*
 * [from, from + old_len) becomes new_len bytes at another place. What stays of it is a part of one
 * area.
 */
static unsigned long mremap_to(struct mm_struct *mm, unsigned long from, unsigned long old_len,
			       unsigned long to, unsigned long new_len)
{
	unsigned long kept = min(old_len, new_len);
	int error = prepare_tables(mm, to, to + kept);

	if (!error)
		error = vma_split(mm, from, from + kept);
	if (!error && new_len < old_len)
		error = do_munmap(mm, from + new_len, old_len - new_len);
	if (!error)
		error = move_vma(mm, find_vma(mm, from), to, new_len);
	vma_join(mm, from, from + old_len);
	vma_join(mm, to, to + new_len);
	return error ? (unsigned long)error : to;
}

static unsigned long mremap_fixed(struct mm_struct *mm, unsigned long from, unsigned long old_len,
				  unsigned long to, unsigned long new_len)
{
	int error;

	if (!PAGE_ALIGNED(to) || !in_user_space(to, new_len))
		return -EINVAL;
	if (from < to + new_len && to < from + old_len)
		return -EINVAL;
	if (to < MMAP_MIN_ADDR)
		return -EPERM;
	error = do_munmap(mm, to, new_len);
	return error ? (unsigned long)error : mremap_to(mm, from, old_len, to, new_len);
}

/* Stays in place. What is cut off, and what is kept, may be several areas, and holes. */
static unsigned long mremap_shrink(struct mm_struct *mm, unsigned long addr, unsigned long old_len,
				   unsigned long new_len)
{
	int error = new_len < old_len ? do_munmap(mm, addr + new_len, old_len - new_len) : 0;

	return error ? (unsigned long)error : addr;
}

/* In place, when the area ends there and the addresses behind it are free. */
static unsigned long mremap_grow(struct mm_struct *mm, struct vm_area_struct *vma,
				 unsigned long addr, unsigned long old_len, unsigned long new_len)
{
	int error = -EEXIST;

	if (vma->vm_end == addr + old_len && in_user_space(addr, new_len))
		error = grow_area(mm, vma, addr, old_len, new_len);
	return error ? (unsigned long)error : addr;
}

unsigned long do_mremap(struct mm_struct *mm, unsigned long addr, unsigned long old_len,
			unsigned long new_len, unsigned long flags, unsigned long new_addr)
{
	struct vm_area_struct *vma;
	unsigned long result;

	if ((flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED)) || !PAGE_ALIGNED(addr) || !old_len ||
	    !new_len || ((flags & MREMAP_FIXED) && !(flags & MREMAP_MAYMOVE)))
		return -EINVAL;
	if (!in_user_space(addr, old_len))
		return -EFAULT;
	if (new_len > TASK_SIZE)
		return flags & MREMAP_FIXED ? -EINVAL : -ENOMEM;
	old_len = PAGE_ALIGN(old_len);
	new_len = PAGE_ALIGN(new_len);
	vma = find_vma(mm, addr);
	if (!vma)
		return -EFAULT;
	if (new_len <= old_len && !(flags & MREMAP_FIXED))
		return mremap_shrink(mm, addr, old_len, new_len);
	if (min(old_len, new_len) > vma->vm_end - addr)
		return -EFAULT; /* what is moved or grows must be in one area */
	if (new_len > old_len && (vma->vm_ops || vma->vm_flags & (VM_SHARED | VM_DONTEXPAND)))
		return -EFAULT; /* there is no more of it that could be mapped */
	if (new_len > old_len && !pages_to_grow(pages_wanted(vma->vm_flags, new_len - old_len)))
		return -ENOMEM;
	if (flags & MREMAP_FIXED)
		return mremap_fixed(mm, addr, old_len, new_addr, new_len);
	result = mremap_grow(mm, vma, addr, old_len, new_len);
	if (result != (unsigned long)-EEXIST)
		return result;
	new_addr = flags & MREMAP_MAYMOVE ? vma_find_gap(mm, new_len) : 0;
	return new_addr ? mremap_to(mm, addr, old_len, new_addr, new_len) : (unsigned long)-ENOMEM;
}
