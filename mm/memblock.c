/* SPDX-License-Identifier: MIT */
/*
 * Keeps two sorted lists, of all memory and of what is reserved, and allocates from the difference.
 *
 * memblock_change() is the only way to change a list. It cuts the address space at both ends of the
 * range and at the region borders. It gives each piece inside the range its new state, and writes
 * the pieces out again, joining equal neighbours. So splitting, merging and filling gaps need no
 * code of their own. Allocation walks the free ranges upwards, and takes the first or the last that
 * fits. Invariants: those of struct memblock_type.
 *
 * Linux counterpart: mm/memblock.c. There each operation splits, fills and merges for itself, free
 * ranges have an iterator in each direction, and regions belong to nodes.
 */
#include <mm/memblock.h>

#include <asm/memlayout.h>
#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

static struct memblock_region init_memory[INIT_MEMBLOCK_REGIONS];
static struct memblock_region init_reserved[INIT_MEMBLOCK_REGIONS];
static struct memblock_region old_list[INIT_MEMBLOCK_REGIONS]; /* while it is rewritten */

struct memblock memblock = {
	.current_limit = MEMBLOCK_ALLOC_ANYWHERE,
	.memory = { .max = INIT_MEMBLOCK_REGIONS, .regions = init_memory, .name = "memory" },
	.reserved = { .max = INIT_MEMBLOCK_REGIONS, .regions = init_reserved, .name = "reserved" },
};

bool memblock_debug;
static bool memblock_can_resize;
#define memblock_dbg(fmt, ...) ((void)(memblock_debug && pr_info(fmt, ##__VA_ARGS__)))

static int __init early_memblock(char *arg)
{
	memblock_debug = !strcmp(arg, "debug");
	return memblock_debug ? 0 : -EINVAL;
}
early_param("memblock", early_memblock);

static phys_addr_t region_end(const struct memblock_region *region)
{
	return region->base + region->size;
}

/* The end of a range, cut at the top of the address space, where base + size would wrap. */
static phys_addr_t range_end(phys_addr_t base, phys_addr_t size)
{
	return base + min(size, MEMBLOCK_ALLOC_ANYWHERE - base);
}

/* --- Changing a list --- */

/* The state of an address: the flags of its region, or ABSENT. */
#define ABSENT (1U << 31)

/*
 * What a change does in its range: the new state of addresses in no region, and the bits that are
 * cleared and set in the state of a region. A region whose flags become ABSENT is removed.
 */
struct effect {
	unsigned int gap, clear, set;
};

#define REMOVED ((struct effect){ .gap = ABSENT, .set = ABSENT })

struct change {
	phys_addr_t base, end;
	struct effect effect;
};

/*
 * Collects the pieces of the new list; without a destination it only counts. ahead is the largest
 * number by which regions written exceeded regions read.
 */
struct writer {
	struct memblock_region *regions;
	struct memblock_region last;
	unsigned long written, read, ahead;
	phys_addr_t total_size;
};

static void write_piece(struct writer *out, phys_addr_t start, phys_addr_t end, unsigned int state)
{
	if ((state & ABSENT) || start >= end)
		return;
	if (out->written && region_end(&out->last) == start && out->last.flags == state) {
		out->last.size += end - start;
	} else {
		out->last = (struct memblock_region){ start, end - start, state };
		out->written++;
		if (out->written > out->read + out->ahead)
			out->ahead = out->written - out->read;
	}
	out->total_size += end - start;
	if (out->regions)
		out->regions[out->written - 1] = out->last;
}

/* Writes the list as it is after the change: of each region the front, gap, inside, and rest. */
static struct writer write_changed(struct memblock_region *to, const struct memblock_region *from,
				   unsigned long cnt, const struct change *change)
{
	struct writer out = { .regions = to };
	phys_addr_t base = change->base, end = change->end;
	phys_addr_t done = base; /* the part of the range up to here is written */

	for (; cnt; cnt--) {
		struct memblock_region region = *from++; /* a copy: the writer may overwrite it */
		phys_addr_t last = region_end(&region);

		out.read++;
		write_piece(&out, region.base, min(last, base), region.flags);
		write_piece(&out, done, min(region.base, end), change->effect.gap);
		write_piece(&out, max(region.base, base), min(last, end),
			    (region.flags & ~change->effect.clear) | change->effect.set);
		write_piece(&out, max(region.base, end), last, region.flags);
		done = max(done, min(last, end));
	}
	write_piece(&out, done, end, change->effect.gap);
	return out;
}

static int memblock_double_array(struct memblock_type *type, const struct change *change);

/*
 * Counts first. The list then moves up by exactly the room that the new one needs below it. A
 * nearly full list moves to old_list, so that only the result has to fit. Doubling changes the
 * reserved list itself, so the loop counts again after it.
 */
static int memblock_change(struct memblock_type *type, phys_addr_t base, phys_addr_t size,
			   struct effect effect)
{
	struct change change = { base, range_end(base, size), effect };
	struct memblock_region *moved;
	unsigned long used;
	struct writer plan;
	bool in_place;

	while (plan = write_changed(NULL, type->regions, type->cnt, &change),
	       in_place = type->cnt + plan.ahead <= type->max,
	       !in_place && (plan.written > type->max || type->cnt > ARRAY_SIZE(old_list)))
		if (memblock_double_array(type, &change))
			return -ENOMEM;

	moved = in_place ? type->regions + plan.ahead : old_list;
	memmove(moved, type->regions, type->cnt * sizeof(*moved));
	write_changed(type->regions, moved, type->cnt, &change);
	used = in_place ? type->cnt + plan.ahead : max(type->cnt, plan.written);
	memset(type->regions + plan.written, 0, (used - plan.written) * sizeof(*moved));
	type->cnt = plan.written;
	type->total_size = plan.total_size;
	return 0;
}

#define dbg_range(base, size)                                                            \
	memblock_dbg("%s: [0x%llx-0x%llx] %pS\n", __func__, base, (base) + ((size) - 1), \
		     __builtin_return_address(0))

int memblock_add_node(phys_addr_t base, phys_addr_t size, int nid, enum memblock_flags flags)
{
	dbg_range(base, size);
	return memblock_change(&memblock.memory, base, size, (struct effect){ .gap = flags });
}

int memblock_remove(phys_addr_t base, phys_addr_t size)
{
	dbg_range(base, size);
	return memblock_change(&memblock.memory, base, size, REMOVED);
}

int memblock_reserve(phys_addr_t base, phys_addr_t size)
{
	dbg_range(base, size);
	return memblock_change(&memblock.reserved, base, size, (struct effect){ .gap = 0 });
}

int memblock_phys_free(phys_addr_t base, phys_addr_t size)
{
	dbg_range(base, size);
	return memblock_change(&memblock.reserved, base, size, REMOVED);
}

int memblock_mark_nomap(phys_addr_t base, phys_addr_t size)
{
	return memblock_change(&memblock.memory, base, size,
			       (struct effect){ .gap = ABSENT, .set = MEMBLOCK_NOMAP });
}

int memblock_clear_nomap(phys_addr_t base, phys_addr_t size)
{
	return memblock_change(&memblock.memory, base, size,
			       (struct effect){ .gap = ABSENT, .clear = MEMBLOCK_NOMAP });
}

/* --- Searching a list --- */

/* The first region that ends above addr, or NULL. */
static const struct memblock_region *region_behind(const struct memblock_type *type,
						   phys_addr_t addr)
{
	unsigned long low = 0, high = type->cnt;

	while (low < high) {
		unsigned long middle = low + (high - low) / 2;

		if (region_end(&type->regions[middle]) > addr)
			high = middle;
		else
			low = middle + 1;
	}
	return low < type->cnt ? &type->regions[low] : NULL;
}

const struct memblock_region *memblock_search_region(phys_addr_t addr)
{
	const struct memblock_region *region = region_behind(&memblock.memory, addr);

	return region && region->base <= addr ? region : NULL;
}

bool memblock_overlaps_region(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	const struct memblock_region *region = region_behind(type, base);

	return size && region && region->base < range_end(base, size);
}

bool memblock_next_free_range(phys_addr_t *pos, phys_addr_t *start, phys_addr_t *end)
{
	const struct memblock_region *mem, *taken;

	while ((mem = region_behind(&memblock.memory, *pos))) {
		*start = max(*pos, mem->base);
		*pos = region_end(mem);
		if (mem->flags & MEMBLOCK_NOMAP)
			continue;
		taken = region_behind(&memblock.reserved, *start);
		if (taken && taken->base <= *start) {
			*pos = region_end(taken);
			continue;
		}
		if (taken)
			*pos = min(*pos, taken->base);
		*end = *pos;
		return true;
	}
	return false;
}

void memblock_trim_memory(phys_addr_t align)
{
	const struct memblock_region *region;
	phys_addr_t pos = 0;

	while ((region = region_behind(&memblock.memory, pos))) {
		phys_addr_t base = region->base, end = region_end(region);
		phys_addr_t first = ALIGN(base, align), last = ALIGN_DOWN(end, align);

		if (first < base || first >= last) /* rounding up wrapped, or nothing is left */
			first = last = end;
		memblock_remove(base, first - base);
		memblock_remove(last, end - last);
		pos = end;
	}
}

/* --- Allocation --- */

/* The best free place for size bytes within [min, max), or 0. */
static phys_addr_t find_free(phys_addr_t size, phys_addr_t align, phys_addr_t min, phys_addr_t max)
{
	phys_addr_t pos = max(min, (phys_addr_t)PAGE_SIZE); /* 0 means failure */
	phys_addr_t best = 0, start, end, addr;

	while (memblock_next_free_range(&pos, &start, &end) && start < max) {
		end = min(end, max);
		if (!size || end - start < size)
			continue;
		addr = memblock.bottom_up ? ALIGN(start, align) : ALIGN_DOWN(end - size, align);
		if (addr >= start && addr <= end - size)
			best = addr;
		if (best && memblock.bottom_up)
			break;
	}
	return best;
}

static phys_addr_t alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t min,
			       phys_addr_t max, phys_addr_t second_min)
{
	phys_addr_t addr;

	max = max ?: memblock.current_limit;
	align = align ?: SMP_CACHE_BYTES;
	addr = find_free(size, align, min, max);
	if (!addr && second_min < min)
		addr = find_free(size, align, second_min, max);
	return addr && memblock_reserve(addr, size) == 0 ? addr : 0;
}

/* Memory for a pointer must be mapped, so it lies below current_limit, whatever max says. */
static void *alloc_mapped(phys_addr_t size, phys_addr_t align, phys_addr_t min, phys_addr_t max)
{
	phys_addr_t addr = alloc_range(size, align, min, min(max, memblock.current_limit), 0);

	return addr ? __va(addr) : NULL;
}

#define dbg_alloc(size, align, min, max)                                                        \
	memblock_dbg("%s: %llu bytes align=0x%llx from=0x%llx max_addr=0x%llx %pS\n", __func__, \
		     size, align, min, max, __builtin_return_address(0))

phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t min,
				      phys_addr_t max)
{
	dbg_alloc(size, align, min, max);
	return alloc_range(size, align, min, max, min);
}

void *memblock_alloc_try_nid_raw(phys_addr_t size, phys_addr_t align, phys_addr_t min,
				 phys_addr_t max, int nid)
{
	dbg_alloc(size, align, min, max);
	return alloc_mapped(size, align, min, max);
}

void *memblock_alloc_try_nid(phys_addr_t size, phys_addr_t align, phys_addr_t min, phys_addr_t max,
			     int nid)
{
	void *ptr;

	dbg_alloc(size, align, min, max);
	ptr = alloc_mapped(size, align, min, max);
	return ptr ? memset(ptr, 0, size) : NULL;
}

void memblock_allow_resize(void)
{
	memblock_can_resize = true;
}

/*
 * Moves the list into an array of twice the length. The array must not lie in the range that is
 * about to change, so it is searched above that range, then below.
 */
static int memblock_double_array(struct memblock_type *type, const struct change *change)
{
	struct memblock_region *old = type->regions;
	unsigned long old_max = type->max;
	size_t bytes = ALIGN(2 * old_max * sizeof(*old), PAGE_SIZE);
	phys_addr_t addr;

	if (!memblock_can_resize)
		panic("memblock: cannot resize %s array\n", type->name);
	addr = find_free(bytes, PAGE_SIZE, change->end, memblock.current_limit);
	if (!addr)
		addr = find_free(bytes, PAGE_SIZE, 0, min(change->base, memblock.current_limit));
	if (!addr) {
		pr_err("memblock: no memory to double the %s array\n", type->name);
		return -ENOMEM;
	}

	type->max = 2 * old_max;
	type->regions = memset(__va(addr), 0, bytes);
	memcpy(type->regions, old, type->cnt * sizeof(*old));
	BUG_ON(memblock_reserve(addr, bytes));
	/* The first array is part of the kernel image, and stays reserved with it. */
	if (old_max > INIT_MEMBLOCK_REGIONS)
		memblock_free(old, ALIGN(old_max * sizeof(*old), PAGE_SIZE));
	return 0;
}

static void memblock_dump(const struct memblock_type *type)
{
	u64 i;

	pr_info(" %s.cnt  = 0x%llx\n", type->name, (u64)type->cnt);
	for (i = 0; i < type->cnt; i++) {
		const struct memblock_region *region = &type->regions[i];

		pr_info(" %s[0x%llx]\t[0x%llx-0x%llx], 0x%llx bytes flags: 0x%llx\n", type->name, i,
			region->base, region_end(region) - 1, region->size, (u64)region->flags);
	}
}

void memblock_dump_all(void)
{
	pr_info("MEMBLOCK configuration:\n");
	pr_info(" memory size = 0x%llx reserved size = 0x%llx\n", memblock.memory.total_size,
		memblock.reserved.total_size);
	memblock_dump(&memblock.memory);
	memblock_dump(&memblock.reserved);
}
