/* SPDX-License-Identifier: MIT */
/*
 * From a physical device address to a pointer that a driver may use with readl() and writel().
 *
 * ioremap() makes a plan, then acts on it. The plan is a pure function of the arguments, of
 * memblock and of the static mappings: `explain` prints it, tests check it, ioremap() carries it
 * out.
 *
 * Linux counterpart: arch/arm/mm/ioremap.c, mm/ioremap.c
 */
#pragma once

#include <asm/mem_type.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

struct memblock_region;
struct vm_struct;

/* --- What a mapping can be made of --- */

/*
 * A row of the architecture's leaf table. size is what one leaf maps, and what virtual and
 * physical address must be multiples of; min_phys is the lowest address it is used for. map()
 * fills a range of whole leaves that is empty, and returns 0 or a negative errno; what it has
 * mapped by then stays for the caller to clear. unmap() clears such a range and drops its
 * translations from every TLB.
 */
struct leaf_type {
	const char *name;
	unsigned long size;
	phys_addr_t min_phys;
	unsigned int needs;     /* LEAF_ */
	unsigned long vm_flags; /* marks the area, so that iounmap() finds the row again */
	int (*map)(unsigned long addr, phys_addr_t phys, unsigned long size,
		   const struct mem_type *type);
	void (*unmap)(unsigned long addr, unsigned long size);
};

/* An area is mapped by this leaf completely, or not at all. */
#define LEAF_WHOLE_RANGE 1

/* Largest first; the last row is the page, which always fits. In arch/<name>/ioremap.c. */
extern const struct leaf_type leaf_types[];

/*
 * The row that maps the beginning of the range, and in *run how many bytes it maps before another
 * row may take over. A pure function: ioremap() goes through a range with it, `explain` prints it.
 */
const struct leaf_type *pick_leaf(unsigned long addr, phys_addr_t phys, unsigned long size,
				  unsigned long *run);

/*
 * Why this range cannot be mapped on this architecture at all, or NULL. In arch/<name>/ioremap.c.
 */
const char *arch_ioremap_refusal(phys_addr_t phys, size_t size);

/* --- The plan --- */

/*
 * From now on a range that meets [start, last] is refused, with these words, because a window of
 * the kernel shows it as cached memory. What is RAM is refused without this; it is for memory that
 * `mem=` left out and a window still shows. From boot, once: the device tree's window is the only
 * one that can.
 */
void ioremap_refuse_window(phys_addr_t start, phys_addr_t last, const char *refusal);

struct ioremap_plan {
	phys_addr_t phys;     /* page aligned */
	unsigned long offset; /* of the request in its first page */
	size_t size;          /* whole pages */
	unsigned int mtype;
	const struct mem_type *type;
	const char *refusal;               /* why not, in words; NULL: it can be done */
	const struct memblock_region *ram; /* the memory that the range meets, if that is why */
	const struct vm_struct *static_vm; /* answered from here, nothing to map */
	const struct leaf_type *leaf;      /* else: what its beginning will be made of ... */
	unsigned long run;                 /* ... and how many bytes that are */
};

/*
 * Fills plan for mapping size bytes at phys as MT_ type mtype. Changes nothing else. Any context.
 */
void ioremap_plan(struct ioremap_plan *plan, phys_addr_t phys, size_t size, unsigned int mtype);

struct seq_buf;

/* Prints the plan for that call, decision by decision. Maps nothing. (mm/explain.c) */
void ioremap_explain(struct seq_buf *s, phys_addr_t phys, size_t size, unsigned int mtype);

/* --- The act --- */

/*
 * Map size bytes of device at phys; any alignment, the offset in the page is kept. Returns the
 * pointer, or NULL: size 0, wrap-around, RAM anywhere in the range (with a WARN), out of reach, no
 * memory, no space. Process context: may allocate.
 *
 *                       arm               arm64
 *   ioremap, _nocache   MT_DEVICE         Device-nGnRE   each access as written, in order
 *   ioremap_wc          MT_DEVICE_WC      Normal-NC      writes may be gathered and reordered
 *   ioremap_wt          MT_DEVICE_WC      Device-nGnRE   the next stricter to write-through
 *   ioremap_cache       MT_DEVICE_CACHED  Normal-WB      memory behind a device's bus
 */
void __iomem *ioremap(phys_addr_t phys, size_t size);
void __iomem *ioremap_nocache(phys_addr_t phys, size_t size);
void __iomem *ioremap_wc(phys_addr_t phys, size_t size);
void __iomem *ioremap_wt(phys_addr_t phys, size_t size);
void __iomem *ioremap_cache(phys_addr_t phys, size_t size);

/* The same with the type as an argument, and on behalf of caller, which vmallocinfo shows. */
void __iomem *__ioremap_caller(phys_addr_t phys, size_t size, unsigned int mtype,
			       const void *caller);

/*
 * Take a mapping back: any address inside its first page will do. A static mapping stays; an
 * address that no ioremap() gave is a WARN and nothing more. Afterwards an access there faults at
 * once. Process context.
 */
void iounmap(volatile void __iomem *addr);
void __iounmap(volatile void __iomem *addr);

/*
 * What ioremap() and iounmap() call: a platform with its own way to devices may put itself in
 * front.
 */
extern void __iomem *(*arch_ioremap_caller)(phys_addr_t phys, size_t size, unsigned int mtype,
					    const void *caller);
extern void (*arch_iounmap)(volatile void __iomem *addr);
