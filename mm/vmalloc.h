/* SPDX-License-Identifier: MIT */
/*
 * Declares areas, the ranges of vmalloc space that ioremap(), vmalloc() and vmap() map.
 *
 * An area holds device registers (ioremap), pages of its own (vmalloc) or pages of the caller
 * (vmap). Its record is a vm_struct, which contains its place in the address space
 * (mm/vmap_area.h). The calls must not be made from an interrupt. Each area ends with a guard page,
 * which is never mapped and counts in its size.
 *
 * Linux counterpart: include/linux/vmalloc.h
 */
#pragma once

#include <asm/memlayout.h>
#include <asm/pgtable.h>
#include <kernel/lib/types.h>
#include <mm/vmap_area.h>

/* vm_struct.flags: the kind of area, which vmallocinfo prints as a word ... */
#define VM_IOREMAP      0x00000001 /* device registers */
#define VM_ALLOC        0x00000002 /* pages of its own */
#define VM_MAP          0x00000004 /* pages of the caller */
#define VM_USERMAP      0x00000008 /* zeroed, may be mapped into a process */
#define VM_DMA_COHERENT 0x00000010 /* memory for devices */
#define VM_PERCPU       0x00000100 /* pages of per-CPU memory: vfree() refuses it */
/* ... and its state. */
#define VM_UNINITIALIZED 0x00000020 /* being made or removed: no look-up finds it */
#define VM_NO_GUARD      0x00000040 /* no guard page */
#define VM_EARLY         0x00000080 /* boot's: never removed, its record is never freed */

/* arm: the area was mapped by sections; a static mapping's memory type. */
#define VM_ARM_SECTION_MAPPING 0x80000000
#define VM_LEAF_FLAGS          VM_ARM_SECTION_MAPPING /* say what an area is made of */
#define VM_ARM_MTYPE(mt)       ((mt) << 20)
#define VM_ARM_MTYPE_MASK      (0x1f << 20)

struct vm_struct {
	struct vmap_area area; /* its place; vmap_area_lock guards it, and the flags */
	void *addr;            /* its first address */
	unsigned long size;    /* bytes, with the guard page */
	unsigned long flags;
	struct page **pages;
	unsigned int nr_pages; /* of pages[]; 0 when the pages are not the area's own */
	phys_addr_t phys_addr;
	const void *caller; /* the code that asked for it */
};

/* --- Areas, for callers that map them by themselves (mm/vmap_area.c) --- */

/*
 * Reserves size bytes (rounded up to pages) and a guard page, unless VM_NO_GUARD, at the lowest
 * fitting address of the vmalloc range, or of [start, end). VM_IOREMAP: aligned to the size
 * rounded up to a power of two, at most 2^IOREMAP_MAX_ORDER. Nothing is mapped. Returns NULL when
 * size is 0 or wraps, when nothing fits or memory is short. Process context; may sleep.
 */
struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller);
struct vm_struct *__get_vm_area_caller(unsigned long size, unsigned long flags, unsigned long start,
				       unsigned long end, const void *caller);

/* The general form: aligned to align (a power of two) unless VM_IOREMAP; memory as gfp says. */
struct vm_struct *__get_vm_area_node(unsigned long size, unsigned long align, unsigned long flags,
				     unsigned long start, unsigned long end, gfp_t gfp,
				     const void *caller);

/* The alignment of a VM_IOREMAP area of size bytes, without guard: the largest leaves fit. */
unsigned long ioremap_align(unsigned long size);

/*
 * Returns the area that contains addr, guard page included, or NULL. For the owner of the area,
 * which alone knows that the record stays. Not from an interrupt.
 */
struct vm_struct *find_vm_area(const void *addr);

/*
 * Copies the record of the area that contains addr. Returns false when there is none. For a caller
 * that does not own the area: another processor may free the record at any time. Not from an
 * interrupt.
 */
bool read_vm_area(const void *addr, struct vm_struct *copy);

/*
 * Finds the area that the caller is about to remove: the one that starts at addr and has one of the
 * flags in kinds (0: of any kind). No look-up finds it from here on, so it is removed only once.
 * The caller detaches it, or unmaps and releases it. An area of boot is returned for any address
 * inside it, unchanged, and must not be removed (VM_EARLY). Returns NULL when there is neither.
 * Process context.
 */
struct vm_struct *claim_vm_area(const void *addr, unsigned long kinds);

/* Frees the range of an area that is no longer mapped; the record is the caller's. */
void release_vm_area(struct vm_struct *vm);

/* Unmaps an area, drops its translations from every TLB, then frees its range. */
void detach_vm_area(struct vm_struct *vm);

/*
 * Claims and detaches the area that contains addr, of any kind: only its maker may call this, and
 * nothing checks that. Returns the area, and the caller must kfree() it. NULL when there is none,
 * or when it is an area of boot. Pages stay allocated.
 */
struct vm_struct *remove_vm_area(const void *addr);

/* Detaches an area that the caller has claimed or made, and frees its record. */
void free_vm_area(struct vm_struct *vm);

/*
 * Does nothing. Linux drops the translations of freed ranges here, which it has put off. Mercator
 * drops them in remove_vm_area(), so a range is free and clean when that returns.
 */
void vm_unmap_aliases(void);

/* The bytes of an area that may be mapped: its size without the guard page. */
static inline unsigned long get_vm_area_size(const struct vm_struct *vm)
{
	return vm->flags & VM_NO_GUARD ? vm->size : vm->size - PAGE_SIZE;
}

/* Whether x points into vmalloc space. */
static inline bool is_vmalloc_addr(const void *x)
{
	unsigned long addr = (unsigned long)x;

	return addr >= VMALLOC_START && addr < VMALLOC_END;
}

/* --- Boot --- */

/* Whether any area has a page of [start, end), which is not empty. From boot. */
bool vm_area_overlaps(unsigned long start, unsigned long end);

/*
 * Adds an area that is made before vmalloc_init(), at its own address and size (whole pages, no
 * guard), and marks it VM_EARLY. An overlap is a BUG.
 */
void vm_area_add_early(struct vm_struct *vm);

/* Ends the time of early areas. From here on areas can be allocated. Once, when kmalloc works. */
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
 * Frees what the functions above returned; NULL is ignored. Any other address is refused with a
 * warning.
 */
void vfree(const void *addr);

/*
 * Maps count pages (at least 1) of the caller; flags are added to VM_MAP. NULL on failure. vunmap()
 * ends the mapping. It refuses any other address with a warning and ignores NULL.
 */
void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot);
void vunmap(const void *addr);

/* --- Reports --- */

struct seq_buf;
struct seq_pos;

/*
 * /proc/vmallocinfo: appends the row of the next area, by address. Returns false, with nothing
 * appended, behind the last. Takes the lock to find the area.
 */
bool vmallocinfo_show(struct seq_buf *m, struct seq_pos *pos);

/* One row of it. */
void vmallocinfo_row(struct seq_buf *m, const struct vm_struct *vm);

/* Pages that vmalloc areas hold now. Takes the lock, walks all areas. */
unsigned long vmalloc_nr_pages(void);
