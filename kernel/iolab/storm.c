/* SPDX-License-Identifier: MIT */
/*
 * vmstorm, on the bench: all processors map and unmap at once, and after each round everything is
 * checked.
 *
 * A round is half a second long. A thread for each processor makes and frees devices' mappings,
 * memory of vmalloc(), mappings of pages and per-CPU memory, of all sizes. Each keeps some of them
 * from round to round, so that the checker sees them. At the end all are freed, and what is in use
 * must be what was in use at the start. vmcheck runs the checker once.
 *
 * So that several processors are in one round together, the threads wait for each other at its
 * start. iolab_mutex is held: no other command of the bench is under way.
 */
#include <asm/processor.h>
#include <kernel/base/printk.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/smp.h>
#include <kernel/iolab/iolab.h>
#include <kernel/lib/err.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/string.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/time/jiffies.h>
#include <mm/check.h>
#include <mm/gfp.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/percpu.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>
#include <mm/watermark.h>

#define ROUND_TICKS  (HZ / 2)
#define MAX_SECONDS  3600
#define SLOTS        24     /* of each thread: what it has at most */
#define MAX_PAGES    40     /* of one piece of memory */
#define DEVICE_SPACE SZ_64M /* of addresses beside the RAM: only mapped, not touched */
#define SETTLE_TRIES 40     /* threads that have ended are freed by their processors, later */

struct storm_slot {
	const struct storm_kind *kind; /* NULL: free */
	void *addr;
	unsigned long size;
	u8 pattern;
};

struct storm_worker {
	u32 random; /* never 0 */
	unsigned long made;
	struct storm_slot slots[SLOTS];
};

static struct {
	struct storm_worker *workers;
	unsigned int threads, started, ended;
	unsigned long round_end; /* jiffies */
	struct page *page;       /* that all mappings of pages show */
	const char *error;       /* the first thing that a thread noticed */
} storm;

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

static void note_error(const char *error)
{
	if (!READ_ONCE(storm.error))
		WRITE_ONCE(storm.error, error);
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
			note_error("memory did not hold what was written to it");
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
		pages[i] = storm.page;
	slot->size = n * PAGE_SIZE;
	return vmap(pages, n, 0, PAGE_KERNEL);
}

static void free_mapping(struct storm_slot *slot)
{
	unsigned long pos;

	for (pos = 0; pos < slot->size; pos += PAGE_SIZE)
		if (*(u32 *)(slot->addr + pos) != 0)
			note_error("a mapping shows another page");
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
		note_error("no memory or no address space");
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

/* Most per-CPU memory finds room in areas that are there, so few calls would place new ones. */
static void place_and_free(void)
{
	static const unsigned long offsets[] = { 0, PCPU_UNIT_SIZE };
	static const size_t sizes[] = { PAGE_SIZE, 2 * PAGE_SIZE };
	struct vm_struct **vms = pcpu_get_vm_areas(offsets, sizes, 2, PAGE_SIZE);

	if (vms)
		pcpu_free_vm_areas(vms, 2);
}

/* --- A round --- */

/* Each has a processor to itself once all have started: none gives its own up before. */
static void wait_for_the_others(void)
{
	__atomic_fetch_add(&storm.started, 1, __ATOMIC_ACQ_REL);
	while (__atomic_load_n(&storm.started, __ATOMIC_ACQUIRE) < storm.threads &&
	       time_before(jiffies, storm.round_end))
		cpu_relax();
}

/* Fills or frees one slot after the other; at times it gives tables back, too. */
static int storm_thread(void *data)
{
	struct storm_worker *worker = data;

	wait_for_the_others();
	while (time_before(jiffies, storm.round_end) && !READ_ONCE(storm.error)) {
		struct storm_slot *slot = &worker->slots[pick(worker, SLOTS)];

		if (slot->kind)
			free_slot(slot);
		else
			make_slot(worker, slot);
		if (!pick(worker, 4))
			place_and_free();
		if (!pick(worker, 1000))
			free_empty_tables();
		cond_resched();
	}
	__atomic_fetch_add(&storm.ended, 1, __ATOMIC_RELEASE);
	return 0;
}

/* Runs the threads once, and checks. Returns false when something is wrong, with check filled. */
static bool run_round(struct mm_check *check)
{
	unsigned int i, begun = 0;

	storm.started = 0;
	storm.ended = 0;
	storm.round_end = jiffies + ROUND_TICKS;
	for (i = 0; i < storm.threads; i++)
		begun += !IS_ERR(kthread_run(storm_thread, &storm.workers[i], "storm/%u", i));
	while (__atomic_load_n(&storm.ended, __ATOMIC_ACQUIRE) < begun)
		msleep(10); /* asleep, because they need this processor, too */
	if (begun < storm.threads)
		note_error("no memory for a thread");
	msleep(50); /* the last one has its own stack freed meanwhile */
	*check = mm_check();
	mm_check_fail(check, storm.error, 0);
	return !check->error;
}

/* --- The command --- */

static void free_all_slots(void)
{
	unsigned int i, s;

	for (i = 0; i < storm.threads; i++)
		for (s = 0; s < SLOTS; s++)
			if (storm.workers[i].slots[s].kind)
				free_slot(&storm.workers[i].slots[s]);
}

/* What is not as before, or NULL. */
static const char *find_leftovers(const struct mm_census *before)
{
	const char *error = NULL;
	unsigned int i;

	for (i = 0; i < SETTLE_TRIES; i++) {
		struct mm_census now = mm_take_census();

		error = mm_compare_census(before, &now);
		if (!error)
			break;
		msleep(50);
	}
	return error;
}

static void report(const struct mm_check *check, unsigned int rounds, struct seq_buf *answer)
{
	unsigned long made = 0;
	unsigned int i;

	if (check->error) {
		seq_buf_printf(answer, "failed: round %u: %s: 0x%lx", rounds, check->error,
			       check->addr);
		return;
	}
	for (i = 0; i < storm.threads; i++)
		made += storm.workers[i].made;
	seq_buf_printf(answer, "vmstorm: %u processors, %u rounds, ", storm.threads, rounds);
	seq_buf_printf(answer, "%lu areas made and freed; every rule holds", made);
}

/* Rounds for so many seconds, or until one fails, or a signal says that it is enough. */
static void run_storm(unsigned int seconds, struct seq_buf *answer)
{
	struct mm_census before = mm_take_census();
	unsigned long end = jiffies + seconds * HZ;
	struct mm_check check = { NULL };
	unsigned int rounds = 0;

	do {
		rounds++;
		if (!run_round(&check))
			break;
		if (rounds % 10 == 0)
			pr_info("vmstorm: %u rounds\n", rounds);
	} while (time_before(jiffies, end) && !signal_pending(current));
	free_all_slots();
	mm_check_fail(&check, storm.error, 0);
	mm_check_fail(&check, find_leftovers(&before), 0);
	report(&check, rounds, answer);
}

static bool begin_storm(u32 seed)
{
	unsigned int i;

	storm.threads = num_online_cpus();
	storm.error = NULL;
	storm.page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	storm.workers = vzalloc(storm.threads * sizeof(*storm.workers));
	for (i = 0; storm.workers && i < storm.threads; i++)
		storm.workers[i].random = (seed + i) * 2654435761u | 1;
	return storm.workers && storm.page;
}

static void end_storm(void)
{
	vfree(storm.workers);
	if (storm.page)
		__free_page(storm.page);
}

void cmd_vmstorm(struct iolab_session *session, unsigned int argc, char *argv[],
		 struct seq_buf *answer)
{
	u64 seconds, seed;

	if (!iolab_parse_number(argv[0], ~0U, &seconds, answer) ||
	    !iolab_parse_number(argv[1], ~0U, &seed, answer))
		return;
	if (!seconds || seconds > MAX_SECONDS) {
		seq_buf_printf(answer, "failed: SECONDS is 1 to %u", MAX_SECONDS);
		return;
	}
	if (begin_storm(seed))
		run_storm(seconds, answer);
	else
		seq_buf_puts(answer, "failed: no memory for the threads' lists");
	end_storm();
}

void cmd_vmcheck(struct iolab_session *session, unsigned int argc, char *argv[],
		 struct seq_buf *answer)
{
	struct mm_check check = mm_check();

	if (check.error)
		seq_buf_printf(answer, "failed: %s: 0x%lx", check.error, check.addr);
	else
		seq_buf_puts(answer, "vmcheck: every rule holds");
}
