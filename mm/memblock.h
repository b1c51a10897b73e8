/* SPDX-License-Identifier: MIT */
/*
 * Declares memblock, the allocator of boot and later the list of which addresses are RAM.
 *
 * There are two sorted lists of address ranges, `memory` and `reserved`. What is in the first and
 * not in the second is free. memblock is the only allocator until the page allocator takes over.
 *
 * The boot processor alone changes the lists, before any other runs. Later they are only read, so
 * there is no lock. Sizes are bytes, alignments powers of two.
 *
 * Linux counterpart: include/linux/memblock.h
 */
#pragma once

#include <asm/memory.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/types.h>

#define INIT_MEMBLOCK_REGIONS     128
#define MEMBLOCK_ALLOC_ANYWHERE   (~(phys_addr_t)0)
#define MEMBLOCK_ALLOC_ACCESSIBLE 0
#define MEMBLOCK_LOW_LIMIT        0
#define NUMA_NO_NODE              (-1)
#define SMP_CACHE_BYTES           64

enum memblock_flags {
	MEMBLOCK_NONE = 0,
	MEMBLOCK_HOTPLUG = 1, /* may be unplugged */
	MEMBLOCK_MIRROR = 2,  /* mirrored by the hardware */
	MEMBLOCK_NOMAP = 4,   /* RAM that the kernel neither maps nor hands out */
};

struct memblock_region {
	phys_addr_t base;
	phys_addr_t size;
	enum memblock_flags flags;
};

/*
 * One list. regions[0..cnt) ascend, are not empty, do not overlap, and touch only where their flags
 * differ; total_size is the sum of their sizes.
 */
struct memblock_type {
	unsigned long cnt;
	unsigned long max;
	phys_addr_t total_size;
	struct memblock_region *regions;
	const char *name;
};

/*
 * Allocation looks below current_limit, unless memblock_phys_alloc_range() is told another end. The
 * page allocator sets it to 0 when it takes the free memory over: from then on nothing may be
 * allocated here.
 */
struct memblock {
	bool bottom_up;
	phys_addr_t current_limit;
	struct memblock_type memory;
	struct memblock_type reserved;
};

extern struct memblock memblock;

/*
 * Add a range to a list or remove it. A range past the top of the address space is cut there. Parts
 * that are already in the list (or not in it) are not an error, and keep their flags. Return 0, or
 * -ENOMEM when the list is full and there is no memory for a longer one. Panic when a full list may
 * not grow yet (memblock_allow_resize).
 */
int memblock_add_node(phys_addr_t base, phys_addr_t size, int nid, enum memblock_flags flags);
int memblock_remove(phys_addr_t base, phys_addr_t size);
int memblock_reserve(phys_addr_t base, phys_addr_t size);
int memblock_phys_free(phys_addr_t base, phys_addr_t size);

static inline int memblock_add(phys_addr_t base, phys_addr_t size)
{
	return memblock_add_node(base, size, NUMA_NO_NODE, MEMBLOCK_NONE);
}

/* Frees size bytes that memblock_alloc() returned at ptr; NULL is ignored. */
static inline void memblock_free(void *ptr, size_t size)
{
	if (ptr)
		memblock_phys_free(__pa(ptr), size);
}

/* Set or clear NOMAP on all memory in the range. Return as above. */
int memblock_mark_nomap(phys_addr_t base, phys_addr_t size);
int memblock_clear_nomap(phys_addr_t base, phys_addr_t size);

/* Shrinks each memory region to whole multiples of align, and removes one that becomes empty. */
void memblock_trim_memory(phys_addr_t align);

/*
 * Keeps the lowest limit bytes of memory (`mem=`) and removes all above them from both lists. A
 * limit of 0 does nothing. In memblock_limit.c.
 */
void memblock_enforce_memory_limit(phys_addr_t limit);

/* Removes memory in [start, end) from the list, and prints why. In memblock_limit.c. */
void memblock_leave_out(phys_addr_t start, phys_addr_t end, const char *why);

/* From now on a full list may be doubled: free memory below current_limit is mapped. */
void memblock_allow_resize(void);

/*
 * Allocate size bytes at the highest free address that is a multiple of align (0: SMP_CACHE_BYTES),
 * or at the lowest when memblock_set_bottom_up(true) was called: within one memory region, never
 * page 0. min <= address and address + size <= max; max 0 means current_limit, and any other is
 * taken as it is, so the memory need not be mapped. Returns 0 when nothing fits; then nothing has
 * changed.
 */
phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t min,
				      phys_addr_t max);

/*
 * The same, as a pointer into the linear map, or NULL: a max above current_limit is cut to it.
 * When nothing fits at or above min, it is tried once more without min. nid is ignored. The raw
 * variant leaves the memory as it is, the other zeroes it.
 */
void *memblock_alloc_try_nid_raw(phys_addr_t size, phys_addr_t align, phys_addr_t min,
				 phys_addr_t max, int nid);
void *memblock_alloc_try_nid(phys_addr_t size, phys_addr_t align, phys_addr_t min, phys_addr_t max,
			     int nid);

/* There is one node, so an exact node is any node. */
#define memblock_alloc_exact_nid_raw memblock_alloc_try_nid_raw

static inline phys_addr_t memblock_phys_alloc(phys_addr_t size, phys_addr_t align)
{
	return memblock_phys_alloc_range(size, align, MEMBLOCK_LOW_LIMIT,
					 MEMBLOCK_ALLOC_ACCESSIBLE);
}

static inline void *memblock_alloc(phys_addr_t size, phys_addr_t align)
{
	return memblock_alloc_try_nid(size, align, MEMBLOCK_LOW_LIMIT, MEMBLOCK_ALLOC_ACCESSIBLE,
				      NUMA_NO_NODE);
}

static inline void *memblock_alloc_raw(phys_addr_t size, phys_addr_t align)
{
	return memblock_alloc_try_nid_raw(size, align, MEMBLOCK_LOW_LIMIT,
					  MEMBLOCK_ALLOC_ACCESSIBLE, NUMA_NO_NODE);
}

static inline void *memblock_alloc_from(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr)
{
	return memblock_alloc_try_nid(size, align, min_addr, MEMBLOCK_ALLOC_ACCESSIBLE,
				      NUMA_NO_NODE);
}

static inline void memblock_set_bottom_up(bool enable)
{
	memblock.bottom_up = enable;
}

static inline bool memblock_bottom_up(void)
{
	return memblock.bottom_up;
}

/* From now on allocations lie below limit, the end of what is mapped. */
static inline void memblock_set_current_limit(phys_addr_t limit)
{
	memblock.current_limit = limit;
}

static inline phys_addr_t memblock_phys_mem_size(void)
{
	return memblock.memory.total_size;
}

static inline phys_addr_t memblock_reserved_size(void)
{
	return memblock.reserved.total_size;
}

/* The first byte of memory, and the first byte behind the last; 0 while there is none. */
static inline phys_addr_t memblock_start_of_DRAM(void)
{
	return memblock.memory.cnt ? memblock.memory.regions[0].base : 0;
}

static inline phys_addr_t memblock_end_of_DRAM(void)
{
	const struct memblock_region *end = memblock.memory.regions + memblock.memory.cnt;

	return memblock.memory.cnt ? end[-1].base + end[-1].size : 0;
}

/*
 * The memory region that holds addr, or NULL. This and the questions below: binary search, any
 * context.
 */
const struct memblock_region *memblock_search_region(phys_addr_t addr);

/* Does the whole range lie in one memory region? */
static inline bool memblock_is_region_memory(phys_addr_t base, phys_addr_t size)
{
	const struct memblock_region *region = memblock_search_region(base);

	return region &&
	       min(size, MEMBLOCK_ALLOC_ANYWHERE - base) <= region->size - (base - region->base);
}

/* Is any byte of the range in the list? */
bool memblock_overlaps_region(struct memblock_type *type, phys_addr_t base, phys_addr_t size);

static inline bool memblock_is_region_reserved(phys_addr_t base, phys_addr_t size)
{
	return memblock_overlaps_region(&memblock.reserved, base, size);
}

static inline bool memblock_is_reserved(phys_addr_t addr)
{
	return memblock_is_region_reserved(addr, 1);
}

static inline bool memblock_is_memory(phys_addr_t addr)
{
	return memblock_search_region(addr);
}

/* Is addr memory that the kernel maps: not NOMAP? */
static inline bool memblock_is_map_memory(phys_addr_t addr)
{
	const struct memblock_region *region = memblock_search_region(addr);

	return region && !(region->flags & MEMBLOCK_NOMAP);
}

/* Walk the memory regions, NOMAP ones included, with a struct memblock_region pointer. */
#define for_each_mem_region(region)            \
	for (region = memblock.memory.regions; \
	     region < memblock.memory.regions + memblock.memory.cnt; region++)

/*
 * The first free range at or above *pos (mapped memory, not reserved, within one memory region):
 * true and [*start, *end), with *pos moved to its end, or false. Position is an address, so the
 * lists may change between two calls.
 */
bool memblock_next_free_range(phys_addr_t *pos, phys_addr_t *start, phys_addr_t *end);

/* Walk the free ranges, lowest first; i is a phys_addr_t. */
#define for_each_free_mem_range(i, p_start, p_end) \
	for (i = 0; memblock_next_free_range(&i, p_start, p_end);)

/* Prints both lists. */
void memblock_dump_all(void);

/* `memblock=debug` was given: each change is told, and boot dumps both lists. */
extern bool memblock_debug;

struct seq_buf;
struct seq_pos;

/*
 * Appends the line of the next region, as /sys/kernel/debug/memblock/{memory,reserved} has it.
 * Returns false, with nothing appended, behind the last. In show.c.
 */
bool memblock_show(struct seq_buf *seq, struct seq_pos *pos, const struct memblock_type *type);
