/* SPDX-License-Identifier: MIT */
/*
 * Runs the stress scenarios of vmalloc, and checks that each leaves nothing allocated.
 *
 * Two of them need many areas. full_fit holds 32 MiB of pages. long_busy_list needs many areas, not
 * many pages: all of its 15,000 areas map the same page, so a machine with 64 MiB can hold them.
 * Where even that does not fit, the scenario fails with a message and frees everything.
 *
 * Linux counterpart: lib/test_vmalloc.c
 */
#include <kernel/base/smp.h>
#include <kernel/lib/bitops.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/gfp.h>
#include <mm/percpu.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>
#include <mm/vmstress.h>

#define FULL_FIT_PAGES  (SZ_32M / PAGE_SIZE)
#define BUSY_LIST_AREAS 15000
#define STRIDE          256 /* bytes from one word that is tested to the next */
#define MAX_ALIGN_ORDER 22  /* 4 MiB: fits into any vmalloc space */
#define PCPU_PIECES     50

/* --- Helpers --- */

static bool fail(struct vmstress *run, const char *error)
{
	if (!run->error)
		run->error = error;
	return false;
}

/* Marsaglia's xorshift: every number but 0, each once, in no visible order. */
static u32 next_random(struct vmstress *run)
{
	u32 x = run->random;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return run->random = x;
}

/* 1 to n. */
static unsigned int pick(struct vmstress *run, unsigned int n)
{
	return next_random(run) % n + 1;
}

/* Writes words all over nr_pages pages, each with a pattern of its own, then reads all of them. */
static bool touch(struct vmstress *run, void *addr, unsigned int nr_pages)
{
	const unsigned int step = STRIDE / sizeof(u32), n = nr_pages * (PAGE_SIZE / sizeof(u32));
	u32 pattern = next_random(run);
	u32 *words = addr;
	unsigned int i;

	for (i = 0; i < n; i += step)
		words[i] = pattern + i;
	for (i = 0; i < n; i += step)
		if (words[i] != pattern + i)
			return fail(run, "a page did not hold what was written to it");
	return true;
}

static void *get_pages(unsigned int nr_pages, unsigned long align)
{
	return __vmalloc_node_range(nr_pages * PAGE_SIZE, align, VMALLOC_START, VMALLOC_END,
				    GFP_KERNEL, PAGE_KERNEL, 0, NUMA_NO_NODE,
				    __builtin_return_address(0));
}

/* Allocates, checks, uses and frees one area. */
static bool use_pages(struct vmstress *run, unsigned int nr_pages, unsigned long align)
{
	void *addr = get_pages(nr_pages, align);
	bool good;

	if (!addr)
		return fail(run, "no memory or no address space for an area");
	good = touch(run, addr, nr_pages);
	if (!IS_ALIGNED((unsigned long)addr, align))
		good = fail(run, "an area is not aligned as asked");
	vfree(addr);
	return good;
}

/* Makes room for n areas that live until the end of the run, when release() frees each. */
static bool keep_up_to(struct vmstress *run, unsigned int n, void (*release)(const void *addr))
{
	run->release = release;
	run->kept = vzalloc(n * sizeof(*run->kept));
	run->nr_kept = run->kept ? n : 0;
	return run->kept || fail(run, "no memory for the list of areas");
}

static bool keep(struct vmstress *run, unsigned int i, void *addr)
{
	run->kept[i] = addr;
	if (!addr)
		return fail(run, "no memory or no address space for so many areas");
	return touch(run, addr, 1);
}

static void drop(struct vmstress *run, unsigned int i)
{
	run->release(run->kept[i]);
	run->kept[i] = NULL;
}

/* --- The scenarios --- */

static bool step_fix_size(struct vmstress *run)
{
	return use_pages(run, 1, 1);
}

/* Every second page is a hole, then every hole is a page again. */
static bool prepare_full_fit(struct vmstress *run)
{
	unsigned int i;

	if (!keep_up_to(run, FULL_FIT_PAGES, vfree))
		return false;
	for (i = 0; i < FULL_FIT_PAGES; i++)
		if (!keep(run, i, get_pages(1, 1)))
			return false;
	for (i = 0; i < FULL_FIT_PAGES; i += 2)
		drop(run, i);
	for (i = 0; i < FULL_FIT_PAGES; i += 2)
		if (!keep(run, i, get_pages(1, 1)))
			return false;
	return true;
}

/* One hole anywhere in the full range, and one page for it. */
static bool step_full_fit(struct vmstress *run)
{
	unsigned int i = pick(run, run->nr_kept) - 1;

	drop(run, i);
	return keep(run, i, get_pages(1, 1));
}

static bool prepare_long_busy_list(struct vmstress *run)
{
	unsigned int i;

	run->shared = alloc_page(GFP_KERNEL);
	if (!run->shared)
		return fail(run, "no memory for the shared page");
	if (!keep_up_to(run, BUSY_LIST_AREAS, vunmap))
		return false;
	for (i = 0; i < BUSY_LIST_AREAS; i++)
		if (!keep(run, i, vmap(&run->shared, 1, 0, PAGE_KERNEL)))
			return false;
	return true;
}

static bool step_long_busy_list(struct vmstress *run)
{
	return use_pages(run, 100, 1) && use_pages(run, 1, 1);
}

static bool step_random_size(struct vmstress *run)
{
	return use_pages(run, pick(run, 100), 1);
}

static bool step_fix_align(struct vmstress *run)
{
	return use_pages(run, 5, 2 * THREAD_ALIGN);
}

static bool step_random_size_align(struct vmstress *run)
{
	unsigned long align = 1UL << (pick(run, MAX_ALIGN_ORDER + 1) - 1);

	return use_pages(run, pick(run, 10), align);
}

/* No address of vmalloc space has only its top bit set, so the highest order must be refused. */
static bool step_align_shift(struct vmstress *run)
{
	unsigned int order;

	for (order = 0; order < BITS_PER_LONG; order++) {
		void *addr = get_pages(1, 1UL << order);

		if (!addr && order <= MAX_ALIGN_ORDER)
			return fail(run, "an alignment of up to 4 MiB was refused");
		if (addr && order == BITS_PER_LONG - 1)
			fail(run, "an alignment that no address has was granted");
		if (addr && !IS_ALIGNED((unsigned long)addr, 1UL << order))
			fail(run, "an area is not aligned as asked");
		if (addr)
			touch(run, addr, 1);
		vfree(addr);
	}
	return !run->error;
}

/* Writes a pattern to all copies, so that memory that two share is noticed when all are read. */
static void fill_copies(char *copies, unsigned int size, u8 pattern)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		memset(per_cpu_ptr(copies, cpu), pattern + cpu, size);
}

static bool copies_hold(const char *copies, unsigned int size, u8 pattern)
{
	unsigned int cpu, i;

	for_each_possible_cpu(cpu)
		for (i = 0; i < size; i++)
			if (per_cpu_ptr(copies, cpu)[i] != (char)(pattern + cpu))
				return false;
	return true;
}

/* Pieces of any size and alignment, so many that they need areas of their own. */
static bool step_pcpu_alloc(struct vmstress *run)
{
	unsigned int size[PCPU_PIECES], n, i;
	char *pieces[PCPU_PIECES];

	for (n = 0; n < PCPU_PIECES; n++) {
		size[n] = pick(run, PAGE_SIZE / 4);
		pieces[n] = __alloc_percpu(size[n], 1UL << (pick(run, PAGE_SHIFT + 1) - 1));
		if (!pieces[n]) {
			fail(run, "no memory or no address space for per-CPU memory");
			break;
		}
		fill_copies(pieces[n], size[n], n);
	}
	for (i = 0; i < n; i++) {
		if (!copies_hold(pieces[i], size[i], i))
			fail(run, "a processor's copy did not hold what was written to it");
		free_percpu(pieces[i]);
	}
	return !run->error;
}

const struct vmstress_scenario vmstress_scenarios[] = {
	{ 1, "fix_size", NULL, step_fix_size },
	{ 2, "full_fit", prepare_full_fit, step_full_fit },
	{ 4, "long_busy_list", prepare_long_busy_list, step_long_busy_list },
	{ 8, "random_size", NULL, step_random_size },
	{ 16, "fix_align", NULL, step_fix_align },
	{ 32, "random_size_align", NULL, step_random_size_align },
	{ 64, "align_shift", NULL, step_align_shift },
	{ 128, "pcpu_alloc", NULL, step_pcpu_alloc },
	{},
};

unsigned int vmstress_all(void)
{
	const struct vmstress_scenario *scenario;
	unsigned int bits = 0;

	for (scenario = vmstress_scenarios; scenario->name; scenario++)
		bits |= scenario->bit;
	return bits;
}

/* --- A run --- */

bool vmstress_begin(struct vmstress *run, const struct vmstress_scenario *scenario, bool alone,
		    u32 seed)
{
	*run = (struct vmstress){
		.scenario = scenario,
		.random = seed ? seed : 1,
		.alone = alone,
	};
	run->before = mm_take_census();
	return !scenario->prepare || scenario->prepare(run);
}

bool vmstress_step(struct vmstress *run)
{
	return run->scenario->step(run);
}

bool vmstress_end(struct vmstress *run)
{
	struct mm_census after;
	const char *error;
	unsigned int i;

	for (i = 0; i < run->nr_kept; i++)
		drop(run, i);
	vfree(run->kept);
	if (run->shared)
		__free_page(run->shared);
	if (!run->alone)
		return !run->error;
	after = mm_take_census();
	error = mm_compare_census(&run->before, &after);
	if (error)
		fail(run, error);
	return !run->error;
}
