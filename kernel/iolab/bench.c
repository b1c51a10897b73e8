/* SPDX-License-Identifier: MIT */
/*
 * The `bench` command: what an operation of mm costs, in cycles of the processor's counter.
 *
 * Everything runs in the calling process, as drivers' probes do. LIVE other areas can be made
 * first, so that the cost is seen to grow or not. They are only reserved: what they would map does
 * not matter to the allocator of areas.
 *
 * `make bench` runs this under QEMU's -icount, where a cycle is an instruction and two runs agree.
 *
 * Linux counterpart: lib/test_vmalloc.c, which measures in nanoseconds
 */
#include <kernel/base/seq_buf.h>
#include <kernel/iolab/bench.h>
#include <kernel/iolab/iolab.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/string.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <mm/gfp.h>
#include <mm/ioremap.h>
#include <mm/page.h>
#include <mm/slab.h>
#include <mm/watermark.h>

#define MAX_LIVE  1000000
#define MAX_TIMES 2000

unsigned long empty_bracket;

static void calibrate(void)
{
	unsigned int i;

	pmu_start();
	empty_bracket = ~0UL;
	for (i = 0; i < 16; i++) {
		unsigned long start = pmu_cycles(), cycles = pmu_cycles() - start;

		empty_bracket = min(empty_bracket, cycles);
	}
}

/* --- Live areas --- */

static void free_areas(struct bench_run *run)
{
	while (run->count)
		if (run->areas[--run->count])
			free_vm_area(run->areas[run->count]);
	vfree(run->areas);
}

/* Reserves one page each. Returns false, with nothing reserved, when there is no room for all. */
static bool make_areas(struct bench_run *run, unsigned long live)
{
	unsigned long records = PFN_UP(live * (sizeof(struct vm_struct) + sizeof(*run->areas)));

	run->count = 0;
	run->areas = pages_to_spare(2 * records) ? vmalloc((live ?: 1) * sizeof(*run->areas))
						 : NULL;
	if (!run->areas)
		return false;
	run->pages_before = nr_free_pages();
	for (; run->count < live; run->count++) {
		struct vm_struct *area =
			get_vm_area_caller(PAGE_SIZE, VM_IOREMAP, __builtin_return_address(0));

		run->areas[run->count] = area;
		if (!area || signal_pending(current)) {
			run->count += !!area;
			free_areas(run);
			return false;
		}
	}
	return true;
}

/* Frees every second area. */
static void make_holes(struct bench_run *run)
{
	unsigned long i;

	for (i = 0; i < run->count; i += 2) {
		free_vm_area(run->areas[i]);
		run->areas[i] = NULL;
	}
}

/* --- The command --- */

static const struct bench_op *find_op(const char *name, struct seq_buf *answer)
{
	const struct bench_op *op;

	for (op = bench_ops; op->name; op++)
		if (!strcmp(op->name, name))
			return op;
	seq_buf_printf(answer, "failed: unknown operation %s:", name);
	for (op = bench_ops; op->name; op++)
		seq_buf_printf(answer, " %s", op->name);
	return NULL;
}

static bool device_allowed(const struct bench_run *run, struct seq_buf *answer)
{
	struct ioremap_plan plan;

	ioremap_plan(&plan, run->phys, run->size, MT_IOREMAP);
	if (plan.refusal)
		seq_buf_printf(answer, "failed: %s", plan.refusal);
	return !plan.refusal;
}

/* Takes [PHYS] [SIZE] [LIVE] apart: the first two as the operation wants them, LIVE where given. */
static bool parse_run(const struct bench_op *op, unsigned int argc, char *argv[],
		      struct bench_run *run, u64 *live, struct seq_buf *answer)
{
	unsigned int wanted = op->device + op->sized;
	u64 size = PAGE_SIZE;

	run->phys = 0;
	*live = 0;
	if (argc < wanted + op->needs_live || argc > wanted + 1) {
		seq_buf_printf(answer, "failed: usage: bench %s%s%s %s", op->name,
			       op->device ? " PHYS" : "", op->sized ? " SIZE" : "",
			       op->needs_live ? "LIVE" : "[LIVE]");
		return false;
	}
	if ((op->device && !iolab_parse_number(argv[0], ~0ULL, &run->phys, answer)) ||
	    (op->sized && !iolab_parse_number(argv[op->device], ~(size_t)0, &size, answer)) ||
	    (argc > wanted && !iolab_parse_number(argv[wanted], MAX_LIVE, live, answer)))
		return false;
	if (!size || (op->needs_live && *live < 2)) {
		seq_buf_puts(answer, size ? "failed: LIVE is at least 2" : "failed: size is 0");
		return false;
	}
	run->size = size;
	return !op->device || device_allowed(run, answer);
}

/* Fewer for what takes long: about as many pages are mapped in each run. */
static unsigned int times_for(unsigned long size)
{
	return clamp(100UL * MAX_TIMES / ((size >> PAGE_SHIFT) + 1), 4UL, (unsigned long)MAX_TIMES);
}

static bool repeat(const struct bench_op *op, struct bench_run *run, struct cost *make,
		   struct cost *undo)
{
	struct cost warm = {};
	unsigned int i, times = op->times ?: times_for(run->size);

	/* Once unmeasured: it allocates tables, which stay. */
	if (!op->once(run, &warm, &warm))
		return false;
	for (i = 0; i < times; i++) {
		if (!op->once(run, make, undo))
			return false;
		cond_resched();
	}
	return make->samples;
}

static void print_cost(struct seq_buf *answer, const char *word, const struct cost *cost)
{
	if (cost->samples)
		seq_buf_printf(answer, "%s %llu max %lu, ", word,
			       div_u64(cost->sum + cost->samples / 2, cost->samples), cost->max);
}

void cmd_bench(struct iolab_session *session, unsigned int argc, char *argv[],
	       struct seq_buf *answer)
{
	const struct bench_op *op = find_op(argv[0], answer);
	struct cost make = {}, undo = {};
	struct bench_run run = {};
	u64 live;

	if (!op || !parse_run(op, argc - 1, argv + 1, &run, &live, answer))
		return;
	if (!make_areas(&run, live)) {
		seq_buf_printf(answer, "failed: no room for %llu areas", live);
		return;
	}
	if (op->holes)
		make_holes(&run);
	calibrate();
	if (repeat(op, &run, &make, &undo)) {
		print_cost(answer, "make", &make);
		print_cost(answer, "undo", &undo);
		seq_buf_printf(answer, "%u samples, %llu live areas", make.samples, live);
	} else {
		seq_buf_printf(answer, "failed: %s cannot be done with these values", op->name);
	}
	free_areas(&run);
}
