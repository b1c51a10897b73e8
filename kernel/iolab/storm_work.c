/* SPDX-License-Identifier: MIT */
/*
 * What a thread of a storm does: it makes and frees devices' mappings, memory of vmalloc(),
 * mappings of pages and per-CPU memory, of all sizes. It keeps some of them from round to round, so
 * that the checker sees them.
 *
 * Most of the time goes into filling tables and memory. So few steps would be inside one allocator
 * at once, and a missing lock there would not be noticed. Therefore each step also asks one of them
 * for something that it gives back at once.
 */
#include <kernel/base/smp.h>
#include <kernel/iolab/storm.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/string.h>
#include <mm/gfp.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/percpu.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>
#include <mm/watermark.h>

#define MAX_PAGES    40     /* of one piece of memory */
#define DEVICE_SPACE SZ_64M /* of addresses beside the RAM: only mapped, not touched */

struct page *storm_page;
const char *storm_error;

/* --- Numbers --- */

/* Marsaglia's xorshift, 0 to n - 1. */
static unsigned int pick(struct storm_worker *worker, unsigned int n)
{
	u32 x = worker->random;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	worker->random = x;
	return x % n;
}

void storm_note_error(const char *error)
{
	if (!READ_ONCE(storm_error))
		WRITE_ONCE(storm_error, error);
}

/* --- What can be made --- */

/* Memory holds its pattern in the first and the last byte of each page. */
static void fill(char *memory, unsigned long size, u8 pattern)
{
	unsigned long pos;

	for (pos = 0; pos < size; pos += PAGE_SIZE) {
		memory[pos] = pattern;
		memory[min(pos + PAGE_SIZE, size) - 1] = pattern;
	}
}

static void expect_filled(const char *memory, unsigned long size, u8 pattern)
{
	unsigned long pos;

	for (pos = 0; pos < size; pos += PAGE_SIZE)
		if (memory[pos] != (char)pattern ||
		    memory[min(pos + PAGE_SIZE, size) - 1] != (char)pattern)
			storm_note_error("memory did not hold what was written to it");
}

/* A page or more, with and without an offset, and whole large leaves. */
static void *make_device(struct storm_worker *worker, struct storm_slot *slot)
{
	phys_addr_t ram = memblock_start_of_DRAM();
	phys_addr_t phys = ram < DEVICE_SPACE ? memblock_end_of_DRAM() : ram - DEVICE_SPACE;
	unsigned int pages = pick(worker, 20) ? 1 + pick(worker, MAX_PAGES) : 2 * SZ_2M / PAGE_SIZE;

	slot->size = pages * PAGE_SIZE - pick(worker, PAGE_SIZE);
	phys += pick(worker, 8) * SZ_4M + pick(worker, 2) * PAGE_SIZE;
	return (__force void *)(pick(worker, 2) ? ioremap(phys, slot->size)
						: ioremap_wc(phys, slot->size));
}

static void free_device(struct storm_slot *slot)
{
	iounmap((__force void __iomem *)slot->addr);
}

static void *make_memory(struct storm_worker *worker, struct storm_slot *slot)
{
	slot->size = 1 + pick(worker, MAX_PAGES * PAGE_SIZE);
	return vmalloc(slot->size);
}

static void fill_memory(struct storm_slot *slot)
{
	fill(slot->addr, slot->size, slot->pattern);
}

static void free_memory(struct storm_slot *slot)
{
	expect_filled(slot->addr, slot->size, slot->pattern);
	vfree(slot->addr);
}

/* One page, at many addresses. */
static void *make_mapping(struct storm_worker *worker, struct storm_slot *slot)
{
	struct page *pages[MAX_PAGES];
	unsigned int i, n = 1 + pick(worker, MAX_PAGES);

	for (i = 0; i < n; i++)
		pages[i] = storm_page;
	slot->size = n * PAGE_SIZE;
	return vmap(pages, n, 0, PAGE_KERNEL);
}

static void free_mapping(struct storm_slot *slot)
{
	unsigned long pos;

	for (pos = 0; pos < slot->size; pos += PAGE_SIZE)
		if (*(u32 *)(slot->addr + pos) != 0)
			storm_note_error("a mapping shows another page");
	vunmap(slot->addr);
}

static void *make_percpu(struct storm_worker *worker, struct storm_slot *slot)
{
	slot->size = 1 + pick(worker, PAGE_SIZE);
	return __alloc_percpu(slot->size, 1UL << pick(worker, PAGE_SHIFT + 1));
}

static void fill_percpu(struct storm_slot *slot)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		fill(per_cpu_ptr(slot->addr, cpu), slot->size, slot->pattern + cpu);
}

static void free_percpu_slot(struct storm_slot *slot)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		expect_filled(per_cpu_ptr(slot->addr, cpu), slot->size, slot->pattern + cpu);
	free_percpu(slot->addr);
}

static const struct storm_kind {
	void *(*make)(struct storm_worker *worker, struct storm_slot *slot); /* sets the size */
	void (*fill)(struct storm_slot *slot);                               /* or NULL */
	void (*free)(struct storm_slot *slot); /* looks at the contents first */
} kinds[] = {
	{ make_device, NULL, free_device },
	{ make_memory, fill_memory, free_memory },
	{ make_mapping, NULL, free_mapping },
	{ make_percpu, fill_percpu, free_percpu_slot },
};

static void make_slot(struct storm_worker *worker, struct storm_slot *slot)
{
	const struct storm_kind *kind = &kinds[pick(worker, ARRAY_SIZE(kinds))];

	slot->addr = kind->make(worker, slot);
	if (!slot->addr) {
		storm_note_error("no memory or no address space");
		return;
	}
	slot->kind = kind;
	slot->pattern = pick(worker, 256);
	if (kind->fill)
		kind->fill(slot);
	worker->made++;
}

static void free_slot(struct storm_slot *slot)
{
	slot->kind->free(slot);
	slot->kind = NULL;
}

void storm_free_slots(struct storm_worker *worker)
{
	unsigned int i;

	for (i = 0; i < STORM_SLOTS; i++)
		if (worker->slots[i].kind)
			free_slot(&worker->slots[i]);
}

/* --- What is given back at once --- */

static void churn_areas(struct storm_worker *worker)
{
	static const unsigned long offsets[] = { 0, PCPU_UNIT_SIZE };
	static const size_t sizes[] = { PAGE_SIZE, 2 * PAGE_SIZE };
	struct vm_struct **vms = pcpu_get_vm_areas(offsets, sizes, 2, PAGE_SIZE);

	if (vms)
		pcpu_free_vm_areas(vms, 2);
}

static void churn_blocks(struct storm_worker *worker)
{
	unsigned int order = pick(worker, 4);
	struct page *page = alloc_pages(GFP_KERNEL, order);

	if (page)
		__free_pages(page, order);
}

static void churn_pages(struct storm_worker *worker)
{
	struct page *pages[8];

	release_pages(pages, alloc_pages_bulk_array(GFP_KERNEL, 1 + pick(worker, 8), pages));
}

static void churn_objects(struct storm_worker *worker)
{
	void *objects[8];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(objects); i++)
		objects[i] = kmalloc(64, GFP_KERNEL);
	for (i = 0; i < ARRAY_SIZE(objects); i++)
		kfree(objects[i]);
}

static void (*const churns[])(struct storm_worker *worker) = {
	churn_areas,
	churn_blocks,
	churn_pages,
	churn_objects,
};

void storm_step(struct storm_worker *worker)
{
	struct storm_slot *slot = &worker->slots[pick(worker, STORM_SLOTS)];

	if (slot->kind)
		free_slot(slot);
	else
		make_slot(worker, slot);
	churns[pick(worker, ARRAY_SIZE(churns))](worker);
	if (!pick(worker, 1000))
		free_empty_tables(); /* seldom: each makes the next mappings slow */
}
