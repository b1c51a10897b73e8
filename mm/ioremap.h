/* SPDX-License-Identifier: MIT */
/*
 * Declares ioremap() and iounmap(), the plan that they follow, and the architecture's leaf table.
 *
 * ioremap() turns a physical device address into a pointer for readl() and writel(). It makes a
 * plan and then carries it out. The plan is a pure function of the arguments, of memblock and of
 * the static mappings. So `explain` can print it, and tests can check it.
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
 * A row of the architecture's leaf table. One leaf maps size bytes, and its virtual and physical
 * addresses must be multiples of size. min_phys is the lowest address that it is used for. map()
 * fills an empty range of whole leaves. It returns 0 or a negative errno; then the caller must
 * clear what was mapped. The page's row has none: ioremap_page_range() does that. unmap() clears
 * such a range and drops its translations from every TLB. A row without a flag in vm_flags has
 * none: vunmap_range() does that for all levels.
 */
struct leaf_type {
	const char *name;
	unsigned long size;
	phys_addr_t min_phys;
	unsigned int needs;     /* LEAF_ */
	unsigned long vm_flags; /* marks the area, so that iounmap() finds the row again; or 0 */
	int (*map)(unsigned long addr, phys_addr_t phys, unsigned long size,
		   const struct mem_type *type);
	void (*unmap)(unsigned long addr, unsigned long size);
};

/* An area is mapped by this leaf completely, or not at all. */
#define LEAF_WHOLE_RANGE 1

/* Largest first; the last row is the page, which always fits. In arch/<name>/ioremap.c. */
extern const struct leaf_type leaf_types[NR_LEAF_TYPES];

/*
 * Returns the row that maps the beginning of the range, and in *run how many bytes it maps before
 * another row may follow. A pure function: ioremap() steps through a range with it, `explain`
 * prints its results.
 */
const struct leaf_type *pick_leaf(unsigned long addr, phys_addr_t phys, unsigned long size,
				  unsigned long *run);

/*
 * Returns why this architecture cannot map the range, or NULL, which is what it returns for all
 * ranges below phys_addr_limit (asm/mem_type.h). In arch/<name>/ioremap.c.
 */
const char *arch_ioremap_refusal(phys_addr_t phys, size_t size);

/* --- The plan --- */

/*
 * Refuses, from now on, each range that meets [start, last], with these words, because a window of
 * the kernel maps it as cached memory. RAM is refused without this call. The call is for memory
 * that `mem=` left out and a window still maps. From boot, once: only the device tree's window can
 * do that.
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
 * Map size bytes of a device at phys, of any alignment; the pointer keeps the offset in the page.
 * Return the pointer, or NULL: size 0, wrap-around, RAM anywhere in the range (with a WARN), out of
 * reach, no memory, no space. Process context: may allocate.
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

/* The same with the type as an argument; vmallocinfo shows caller. */
void __iomem *__ioremap_caller(phys_addr_t phys, size_t size, unsigned int mtype,
			       const void *caller);

/*
 * Unmap what ioremap() mapped; any address inside its first page is accepted. A static mapping
 * stays. Any other address is a WARN and changes nothing. Afterwards an access there faults at
 * once. Process context.
 */
void iounmap(volatile void __iomem *addr);
void __iounmap(volatile void __iomem *addr);

/*
 * ioremap() and iounmap() call these. A platform with its own access to devices may replace them.
 */
extern void __iomem *(*arch_ioremap_caller)(phys_addr_t phys, size_t size, unsigned int mtype,
					    const void *caller);
extern void (*arch_iounmap)(volatile void __iomem *addr);
