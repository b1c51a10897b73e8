/* SPDX-License-Identifier: MIT */
/* The operations that the `bench` command measures. */
#include <asm/processor.h>
#include <kernel/base/phase.h>
#include <kernel/fs/fs.h>
#include <kernel/iolab/bench.h>
#include <kernel/lib/err.h>
#include <kernel/time/tick.h>
#include <kernel/time/timer.h>
#include <mm/fixmap.h>
#include <mm/gfp.h>
#include <mm/ioremap.h>
#include <mm/slab.h>

/* Inlined, because a call through a pointer would be a part of what is measured. */
static __always_inline bool measure_pair(const struct bench_run *run, struct cost *make,
					 struct cost *undo,
					 void *(*make_one)(const struct bench_run *run),
					 void (*undo_one)(void *made))
{
	struct bracket bracket = open_bracket();
	void *made = make_one(run);

	close_bracket(&bracket, make);
	if (!made)
		return false;
	bracket = open_bracket();
	undo_one(made);
	close_bracket(&bracket, undo);
	return true;
}

static __always_inline void *make_ioremap(const struct bench_run *run)
{
	return (__force void *)ioremap(run->phys, run->size);
}

static __always_inline void undo_ioremap(void *made)
{
	iounmap((__force void __iomem *)made);
}

static __always_inline void *make_vmalloc(const struct bench_run *run)
{
	return vmalloc(run->size);
}

static __always_inline void undo_vmalloc(void *made)
{
	vfree(made);
}

static __always_inline void *make_vzalloc(const struct bench_run *run)
{
	return vzalloc(run->size);
}

static __always_inline void *make_kmalloc(const struct bench_run *run)
{
	return kmalloc(run->size, GFP_KERNEL);
}

static __always_inline void undo_kmalloc(void *made)
{
	kfree(made);
}

static __always_inline void *make_page(const struct bench_run *run)
{
	return alloc_page(GFP_KERNEL);
}

static __always_inline void undo_page(void *made)
{
	__free_page(made);
}

static __always_inline void *make_zeroed_page(const struct bench_run *run)
{
	return alloc_page(GFP_KERNEL | __GFP_ZERO);
}

static bool once_ioremap(struct bench_run *run, struct cost *make, struct cost *undo)
{
	return measure_pair(run, make, undo, make_ioremap, undo_ioremap);
}

static bool once_vmalloc(struct bench_run *run, struct cost *make, struct cost *undo)
{
	return measure_pair(run, make, undo, make_vmalloc, undo_vmalloc);
}

static bool once_vzalloc(struct bench_run *run, struct cost *make, struct cost *undo)
{
	return measure_pair(run, make, undo, make_vzalloc, undo_vmalloc);
}

static bool once_kmalloc(struct bench_run *run, struct cost *make, struct cost *undo)
{
	return measure_pair(run, make, undo, make_kmalloc, undo_kmalloc);
}

/*
 * The page that is taken is free by itself, because its buddy is in use: what it costs to divide a
 * block depends on all that was allocated before.
 */
static __always_inline bool measure_page(struct bench_run *run, struct cost *make,
					 struct cost *undo,
					 void *(*make_one)(const struct bench_run *run))
{
	struct page *pair[2];
	unsigned long n = alloc_pages_bulk_array(GFP_KERNEL, 2, pair);
	bool done = false;

	if (n == 2) {
		release_pages(pair, 1);
		done = measure_pair(run, make, undo, make_one, undo_page);
		release_pages(pair + 1, 1);
	} else {
		release_pages(pair, n);
	}
	return done;
}

static bool once_page(struct bench_run *run, struct cost *make, struct cost *undo)
{
	return measure_page(run, make, undo, make_page);
}

static bool once_zeroed_page(struct bench_run *run, struct cost *make, struct cost *undo)
{
	return measure_page(run, make, undo, make_zeroed_page);
}

/* Looks up one live area after the other, so that the whole tree has its part. */
static bool once_find(struct bench_run *run, struct cost *make, struct cost *undo)
{
	struct vm_struct *area = run->areas[run->next];
	struct bracket bracket = open_bracket();
	struct vm_struct *found = find_vm_area(area->addr);

	close_bracket(&bracket, make);
	run->next = (run->next + 997) % run->count; /* a prime: neighbours are not asked in turn */
	return found == area;
}

#define VMAP_PAGES 16

static bool once_vmap(struct bench_run *run, struct cost *make, struct cost *undo)
{
	struct page *pages[VMAP_PAGES];
	unsigned long n = alloc_pages_bulk_array(GFP_KERNEL, VMAP_PAGES, pages);
	struct bracket bracket = open_bracket();
	void *addr = n == VMAP_PAGES ? vmap(pages, n, 0, PAGE_KERNEL) : NULL;

	close_bracket(&bracket, make);
	if (addr) {
		bracket = open_bracket();
		vunmap(addr);
		close_bracket(&bracket, undo);
	}
	release_pages(pages, n);
	return addr;
}

/* A slot of early_ioremap(), which boot alone uses. */
static bool once_fixmap(struct bench_run *run, struct cost *make, struct cost *undo)
{
	struct bracket bracket = open_bracket();

	set_fixmap_io(FIX_BTMAP_END, run->phys);
	close_bracket(&bracket, make);
	bracket = open_bracket();
	clear_fixmap(FIX_BTMAP_END);
	close_bracket(&bracket, undo);
	return true;
}

/* --- What is not between two readings of the counter --- */

static void add_sample(struct cost *cost, unsigned long amount)
{
	cost->sum += amount;
	cost->max = max(cost->max, amount);
	cost->samples++;
}

struct late_timer {
	struct timer_list timer;
	unsigned long late; /* ns; 0: has not run */
};

static void note_lateness(struct timer_list *timer)
{
	struct late_timer *late = from_timer(late, timer, timer);

	WRITE_ONCE(late->late, ktime_get() - tick_due());
}

/* From the time for which the tick was programmed to the first line of the function, in ns. */
static bool once_timer(struct bench_run *run, struct cost *make, struct cost *undo)
{
	struct late_timer late = {};

	timer_setup(&late.timer, note_lateness, 0);
	mod_timer(&late.timer, jiffies + 1);
	while (!READ_ONCE(late.late))
		cpu_relax();
	add_sample(make, late.late);
	return true;
}

/* From reset to the first program, in ns. */
static bool once_boot(struct bench_run *run, struct cost *make, struct cost *undo)
{
	add_sample(make, boot_phases_ns());
	return true;
}

/* Bytes of memory that a live area takes. */
static bool once_area_bytes(struct bench_run *run, struct cost *make, struct cost *undo)
{
	add_sample(make, (run->pages_before - nr_free_pages()) * PAGE_SIZE / run->count);
	return true;
}

/* Pages of last-level tables that the live areas lie in, which mapping them would take. */
static bool once_area_tables(struct bench_run *run, struct cost *make, struct cost *undo)
{
	unsigned long first = run->areas[0]->area.va_start,
		      last = run->areas[run->count - 1]->area.va_start;

	add_sample(make, last / PMD_SIZE - first / PMD_SIZE + 1);
	return true;
}

/* Reads all of a text as cat does. Returns its lines, or 0 on an error. */
static unsigned long read_lines(struct file *file, char *buf, size_t size)
{
	unsigned long lines = 0;
	loff_t pos = 0;
	ssize_t n, i;

	while ((n = kernel_read(file, buf, size, &pos)) > 0)
		for (i = 0; i < n; i++)
			lines += buf[i] == '\n';
	return n ? 0 : lines;
}

static void measure_reading(struct file *file, char *buf, size_t size, struct cost *cost)
{
	unsigned long lines = read_lines(file, buf, size);
	struct bracket bracket;
	loff_t pos = 0;

	if (!lines)
		return;
	bracket = open_bracket();
	while (kernel_read(file, buf, size, &pos) > 0)
		;
	close_bracket_of(&bracket, cost, lines);
}

/* Reads vmallocinfo as cat does, into a page; the cost is that of one line. */
static bool once_vmallocinfo(struct bench_run *run, struct cost *make, struct cost *undo)
{
	struct file *file = filp_open("/proc/vmallocinfo", O_RDONLY, 0);
	char *buf = (char *)__get_free_page(GFP_KERNEL);

	if (!IS_ERR(file) && buf)
		measure_reading(file, buf, PAGE_SIZE, make);
	free_page((unsigned long)buf);
	if (!IS_ERR(file))
		fput(file);
	return true;
}

const struct bench_op bench_ops[] = {
	{ "ioremap", once_ioremap, .device = true, .sized = true },
	{ "ioremap-holes", once_ioremap, .device = true, .sized = true, .holes = true,
	  .needs_live = true },
	{ "vmalloc", once_vmalloc, .sized = true },
	{ "vzalloc", once_vzalloc, .sized = true },
	{ "kmalloc", once_kmalloc, .sized = true },
	{ "page", once_page },
	{ "zeroed-page", once_zeroed_page },
	{ "find", once_find, .needs_live = true },
	{ "vmap", once_vmap },
	{ "fixmap", once_fixmap, .device = true },
	{ "vmallocinfo", once_vmallocinfo, .times = 20 },
	{ "timer", once_timer, .times = 10 },
	{ "boot", once_boot, .times = 1 },
	{ "area-bytes", once_area_bytes, .needs_live = true, .times = 1 },
	{ "area-tables", once_area_tables, .needs_live = true, .times = 1 },
	{},
};
