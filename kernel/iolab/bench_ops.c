/* SPDX-License-Identifier: MIT */
/* The operations that the `bench` command measures. */
#include <kernel/fs/fs.h>
#include <kernel/iolab/bench.h>
#include <kernel/lib/err.h>
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

static bool once_page(struct bench_run *run, struct cost *make, struct cost *undo)
{
	return measure_pair(run, make, undo, make_page, undo_page);
}

static bool once_zeroed_page(struct bench_run *run, struct cost *make, struct cost *undo)
{
	return measure_pair(run, make, undo, make_zeroed_page, undo_page);
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
	{ "vmallocinfo", once_vmallocinfo, .times = 20 },
	{},
};
