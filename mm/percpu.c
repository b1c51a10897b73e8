/* SPDX-License-Identifier: MIT */
/*
 * Allocates memory of which each processor has a copy.
 *
 * It comes in chunks. A chunk has one area of vmalloc space for each processor, and the distances
 * between the areas are those between the copies of the variables in the image. So one number for
 * each processor, __per_cpu_offset[], leads to its copy of both:
 *
 *   image      | copies of 0 |  of 1       |  of 2       |  ...
 *              |<- offset 1 ->|
 *   a chunk    | area of 0 .g| area of 1 .g| area of 2 .g|  ...      g: a guard page
 *
 * The address that alloc_percpu() returns is that of the first processor's copy. An area is divided
 * into slots of 8 bytes, the same way for all processors, so one map of slots describes a chunk. A
 * chunk has at least one allocation: it is made for its first, and freed with its last.
 *
 * Linux counterpart: mm/percpu.c, mm/percpu-vm.c. There the first chunk also has the variables, one
 * area serves all processors of a node, pages are mapped when they are needed, and the map is two
 * bitmaps.
 */
#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/smp.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/bitops.h>
#include <kernel/lib/list.h>
#include <kernel/lib/string.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/percpu.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

#define AREA_SIZE  (PCPU_UNIT_SIZE - PAGE_SIZE) /* the guard page is not used */
#define AREA_PAGES (AREA_SIZE / PAGE_SIZE)
#define SLOT_SIZE  8
#define AREA_SLOTS (AREA_SIZE / SLOT_SIZE)

enum slot { SLOT_FREE, SLOT_FIRST, SLOT_MORE };

struct pcpu_chunk {
	struct list_head list;
	struct vm_struct **vms; /* an area for each processor */
	char *base_addr;        /* of the first one */
	struct page **pages;    /* those of the first processor, then of the next, ... */
	unsigned long nr_pages;
	unsigned int nr_free; /* slots */
	u8 slots[AREA_SLOTS]; /* enum slot */
};

static DEFINE_SPINLOCK(pcpu_lock); /* guards the list, and the slots of chunks in it */
static LIST_HEAD(pcpu_chunks);
static size_t pcpu_area_sizes[NR_CPUS];

void __init setup_per_cpu_areas(unsigned int nr)
{
	unsigned int cpu;

	nr_cpu_ids = nr;
	for_each_possible_cpu(cpu) {
		__per_cpu_offset[cpu] = cpu * PCPU_UNIT_SIZE;
		pcpu_area_sizes[cpu] = AREA_SIZE;
		per_cpu(cpu_number, cpu) = cpu;
	}
}

/* --- Chunks --- */

static void destroy_chunk(struct pcpu_chunk *chunk)
{
	if (chunk->vms) /* first: no translation may lead to a page that has a new owner */
		pcpu_free_vm_areas(chunk->vms, nr_cpu_ids);
	release_pages(chunk->pages, chunk->nr_pages);
	kfree(chunk->pages);
	kfree(chunk);
}

/* Gives a chunk its pages and areas, and maps them. */
static bool populate_chunk(struct pcpu_chunk *chunk)
{
	unsigned long wanted = nr_cpu_ids * AREA_PAGES;
	unsigned int cpu;

	chunk->pages = kcalloc(wanted, sizeof(*chunk->pages), GFP_KERNEL);
	if (!chunk->pages)
		return false;
	chunk->nr_pages = alloc_pages_bulk_array(GFP_KERNEL | __GFP_HIGHMEM, wanted, chunk->pages);
	if (chunk->nr_pages != wanted)
		return false;
	chunk->vms = pcpu_get_vm_areas(__per_cpu_offset, pcpu_area_sizes, nr_cpu_ids, PAGE_SIZE);
	if (!chunk->vms)
		return false;
	for_each_possible_cpu(cpu) {
		unsigned long start = (unsigned long)chunk->vms[cpu]->addr;

		if (vmap_pages_range(start, start + AREA_SIZE, PAGE_KERNEL,
				     chunk->pages + cpu * AREA_PAGES, PAGE_SHIFT))
			return false;
	}
	chunk->base_addr = chunk->vms[0]->addr;
	return true;
}

static struct pcpu_chunk *create_chunk(void)
{
	struct pcpu_chunk *chunk = kzalloc(sizeof(*chunk), GFP_KERNEL);

	if (!chunk)
		return NULL;
	chunk->nr_free = AREA_SLOTS;
	if (populate_chunk(chunk))
		return chunk;
	destroy_chunk(chunk);
	return NULL;
}

/* --- Slots --- */

/* The first of nr free slots in a row, at a multiple of step; AREA_SLOTS when there are none. */
static unsigned int find_slots(const struct pcpu_chunk *chunk, unsigned int nr, unsigned int step)
{
	unsigned int first, i;

	for (first = 0; first + nr <= AREA_SLOTS; first = ALIGN(i + 1, step)) {
		for (i = first; i < first + nr && chunk->slots[i] == SLOT_FREE; i++)
			;
		if (i == first + nr)
			return first;
	}
	return AREA_SLOTS;
}

/* Takes nr slots. Returns the address of the first processor's copy, or NULL. */
static void *take_slots(struct pcpu_chunk *chunk, unsigned int nr, unsigned int step)
{
	unsigned int first = chunk->nr_free < nr ? AREA_SLOTS : find_slots(chunk, nr, step);

	if (first == AREA_SLOTS)
		return NULL;
	memset(chunk->slots + first, SLOT_MORE, nr);
	chunk->slots[first] = SLOT_FIRST;
	chunk->nr_free -= nr;
	return chunk->base_addr + first * SLOT_SIZE;
}

static void *take_slots_anywhere(unsigned int nr, unsigned int step)
{
	struct pcpu_chunk *chunk;
	void *ptr = NULL;

	spin_lock(&pcpu_lock);
	list_for_each_entry(chunk, &pcpu_chunks, list) {
		ptr = take_slots(chunk, nr, step);
		if (ptr)
			break;
	}
	spin_unlock(&pcpu_lock);
	return ptr;
}

/* The same in a new chunk, which others see only then: none is ever empty. */
static void *take_slots_of_new_chunk(unsigned int nr, unsigned int step)
{
	struct pcpu_chunk *chunk = create_chunk();
	void *ptr = chunk ? take_slots(chunk, nr, step) : NULL;

	if (!chunk)
		return NULL;
	spin_lock(&pcpu_lock);
	list_add_tail(&chunk->list, &pcpu_chunks);
	spin_unlock(&pcpu_lock);
	return ptr;
}

void *__alloc_percpu(size_t size, size_t align)
{
	unsigned int nr = DIV_ROUND_UP(size, SLOT_SIZE), cpu;
	unsigned int step = max(align / SLOT_SIZE, (size_t)1);
	void *ptr;

	if (WARN(!size || size > AREA_SIZE || !is_power_of_2(align) || align > PAGE_SIZE,
		 "illegal size (%zu) or align (%zu) for per-CPU memory", size, align))
		return NULL;
	ptr = take_slots_anywhere(nr, step);
	if (!ptr)
		ptr = take_slots_of_new_chunk(nr, step);
	if (!ptr)
		return NULL;
	for_each_possible_cpu(cpu)
		memset(per_cpu_ptr(ptr, cpu), 0, size);
	return ptr;
}

/* --- Giving back --- */

/* The chunk of an allocation, and its first slot; NULL when none starts at ptr. Lock held. */
static struct pcpu_chunk *find_allocation(const void *ptr, unsigned long *first)
{
	struct pcpu_chunk *chunk;

	list_for_each_entry(chunk, &pcpu_chunks, list) {
		unsigned long offset = (unsigned long)ptr - (unsigned long)chunk->base_addr;

		if (offset >= AREA_SIZE)
			continue;
		*first = offset / SLOT_SIZE;
		return offset % SLOT_SIZE == 0 && chunk->slots[*first] == SLOT_FIRST ? chunk : NULL;
	}
	return NULL;
}

static void give_back_slots(struct pcpu_chunk *chunk, unsigned long i)
{
	do {
		chunk->slots[i++] = SLOT_FREE;
		chunk->nr_free++;
	} while (i < AREA_SLOTS && chunk->slots[i] == SLOT_MORE);
}

void free_percpu(void *ptr)
{
	struct pcpu_chunk *chunk;
	unsigned long first;
	bool last = false;

	if (!ptr)
		return;
	spin_lock(&pcpu_lock);
	chunk = find_allocation(ptr, &first);
	if (chunk) {
		give_back_slots(chunk, first);
		last = chunk->nr_free == AREA_SLOTS;
		if (last)
			list_del(&chunk->list); /* no look-up finds it any more */
	}
	spin_unlock(&pcpu_lock);
	WARN(!chunk, "no per-CPU memory at 0x%px: nothing freed", ptr);
	if (last)
		destroy_chunk(chunk); /* without the lock: it flushes the TLB of all processors */
}

unsigned long pcpu_nr_pages(void)
{
	const struct pcpu_chunk *chunk;
	unsigned long nr_pages = 0;

	spin_lock(&pcpu_lock);
	list_for_each_entry(chunk, &pcpu_chunks, list)
		nr_pages += chunk->nr_pages;
	spin_unlock(&pcpu_lock);
	return nr_pages;
}
