/* SPDX-License-Identifier: MIT */
/*
 * The kernel's mapped areas: ranges of virtual addresses between VMALLOC_START and VMALLOC_END that
 * are given out for device registers (ioremap), for pages collected one by one (vmalloc) or for
 * pages the caller has (vmap). An area is a vm_struct; its place in the address space is a
 * vmap_area (mm/vmap_area.h), and vmap_area_lock guards both. Nothing here may be called from an
 * interrupt.
 *
 * Behind each area lies a guard page that is never mapped and counts in its size.
 *
 * Linux counterpart: include/linux/vmalloc.h
 */
#pragma once

#include <asm/memlayout.h>
#include <asm/pgtable.h>
#include <kernel/lib/types.h>
#include <mm/vmap_area.h>

/* vm_struct.flags: the kind of area, a row of vmallocinfo says the word ... */
#define VM_IOREMAP      0x00000001 /* device registers */
#define VM_ALLOC        0x00000002 /* pages of its own */
#define VM_MAP          0x00000004 /* pages of somebody else */
#define VM_USERMAP      0x00000008 /* zeroed, may be mapped into a process */
#define VM_DMA_COHERENT 0x00000010 /* memory for devices */
/* ... and its state. */
#define VM_UNINITIALIZED 0x00000020 /* half made: not shown yet */
#define VM_NO_GUARD      0x00000040 /* no guard page */

/* arm: the area was mapped by sections; it is one of the boot-time table; its memory type. */
#define VM_ARM_SECTION_MAPPING 0x80000000
#define VM_ARM_STATIC_MAPPING  0x40000000
#define VM_ARM_MTYPE(mt)       ((mt) << 20)
#define VM_ARM_MTYPE_MASK      (0x1f << 20)

struct vm_struct {
	struct vm_struct *next; /* the list of early areas */
	void *addr;
	unsigned long size; /* bytes, with the guard page */
	unsigned long flags;
	struct page **pages;
	unsigned int nr_pages; /* of pages[]; 0 when the pages are not the area's own */
	phys_addr_t phys_addr;
	const void *caller; /* who asked for it */
};

/* --- Areas, for those who map them themselves --- */

/*
 * Reserve size bytes (rounded up to pages) and a guard page, unless VM_NO_GUARD, at the lowest
 * fitting address of the vmalloc range, or of [start, end). VM_IOREMAP: aligned to the size
 * rounded up to a power of two, at most 2^IOREMAP_MAX_ORDER. Nothing is mapped. NULL when size is
 * 0 or wraps, when nothing fits or memory is short. Process context; may sleep.
 */
struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller);
struct vm_struct *__get_vm_area_caller(unsigned long size, unsigned long flags, unsigned long start,
				       unsigned long end, const void *caller);

/* What a VM_IOREMAP area of size bytes, no guard, is aligned to: then the largest leaves fit. */
unsigned long ioremap_align(unsigned long size);

/* The area that contains addr, guard page included, or NULL. Any context but an interrupt's. */
struct vm_struct *find_vm_area(const void *addr);

/*
 * Unmap the area that contains addr, drop its translations from every TLB and release its range.
 * Returns it for the caller to kfree(), NULL when there is none. Pages stay allocated.
 */
struct vm_struct *remove_vm_area(const void *addr);

/* The same by area, and kfree. */
void free_vm_area(struct vm_struct *vm);

/*
 * In Linux, wait until freed ranges are out of every TLB and reusable. Here they are when
 * remove_vm_area() returns, so there is nothing to do; the name says so to those who look for it.
 */
void vm_unmap_aliases(void);

/* Bytes that an area may have mapped: its size without the guard page. */
static inline unsigned long get_vm_area_size(const struct vm_struct *vm)
{
	return vm->flags & VM_NO_GUARD ? vm->size : vm->size - PAGE_SIZE;
}

/* Does x point into the vmalloc range? */
static inline bool is_vmalloc_addr(const void *x)
{
	unsigned long addr = (unsigned long)x;

	return addr >= VMALLOC_START && addr < VMALLOC_END;
}

/* --- Boot --- */

/*
 * Enter an area that stands before vmalloc_init(), at the address and size (whole pages, no guard)
 * that it has. vm belongs to the list from then on and is never freed. An overlap is a BUG.
 */
void vm_area_add_early(struct vm_struct *vm);

/* Choose the lowest address of the vmalloc range that fits vm->size and align, then add it. */
void vm_area_register_early(struct vm_struct *vm, size_t align);

/* Take over the early areas; from here on areas can be allocated. Once, when kmalloc works. */
void vmalloc_init(void);

/* --- Memory that is contiguous only virtually --- */

/*
 * size bytes (rounded up to pages), writable, not executable; vzalloc and vmalloc_user zero them.
 * NULL when there is no room or no memory. The caller is the row's name in vmallocinfo.
 */
void *vmalloc(unsigned long size);
void *vzalloc(unsigned long size);
void *vmalloc_user(unsigned long size);

/*
 * The general form: inside [start, end), aligned to align (a power of two), pages as gfp says,
 * mapped with prot; vm_flags are added to VM_ALLOC. There is one node, so node is not looked at.
 */
void *__vmalloc_node_range(unsigned long size, unsigned long align, unsigned long start,
			   unsigned long end, gfp_t gfp, pgprot_t prot, unsigned long vm_flags,
			   int node, const void *caller);

/*
 * Release what the functions above returned; NULL is fine. Anything else is refused with a
 * warning.
 */
void vfree(const void *addr);

/*
 * Map count pages (1 and more) of the caller's; flags are added to VM_MAP. NULL on failure.
 * vunmap() ends the mapping; another address is refused with a warning, NULL is fine.
 */
void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot);
void vunmap(const void *addr);

/* --- Reports --- */

struct seq_buf;

/* /proc/vmallocinfo: a row an area, ascending. Takes the lock. */
void vmallocinfo_show(struct seq_buf *m);

/* One row of it. */
void vmallocinfo_row(struct seq_buf *m, const struct vm_struct *vm);

/* Pages that vmalloc areas hold now. Takes the lock, walks all areas. */
unsigned long vmalloc_nr_pages(void);
