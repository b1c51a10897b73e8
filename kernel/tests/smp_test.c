/* SPDX-License-Identifier: MIT */
/*
 * Several processors: calls reach each of them, tasks run on all of them, and what all of them map
 * and unmap at once is sound afterwards. On one processor the same code runs with nobody else. In
 * the kernel only.
 */
#include <asm/processor.h>
#include <kernel/base/kunit.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/string.h>
#include <kernel/sched/sched.h>
#include <kernel/smp.h>
#include <kernel/time/jiffies.h>
#include <mm/ioremap.h>
#include <mm/pagewalk.h>
#include <mm/slab.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/vmap_area_check.h>
#include <mm/watermark.h>

#define LOW_PHYS    0x10000000ULL /* PCI's window: no driver maps it */
#define LOOPS       200
#define CALLS       5 /* each waits until a busy host has let all processors run */
#define WAIT_SECS   20
#define PATTERN(id) (0x01010101u * ((id) + 1))

/* --- Threads, one for each processor --- */

static struct {
	int (*run)(unsigned int id); /* 0, or the line that found a mistake */
	unsigned int threads;
	unsigned int started, ended;
	unsigned long ran_on; /* a bit for each processor */
	int mistake;
} crew;

/*
 * Each has a processor to itself from the moment when all have started: none gives its own up
 * before. Returns false when that takes too long.
 */
static bool wait_for_all(void)
{
	unsigned long give_up = jiffies + WAIT_SECS * HZ;

	__atomic_fetch_add(&crew.started, 1, __ATOMIC_ACQ_REL);
	while (__atomic_load_n(&crew.started, __ATOMIC_ACQUIRE) < crew.threads) {
		if (time_after_eq(jiffies, give_up))
			return false;
		cpu_relax();
	}
	return true;
}

static int member(void *id)
{
	int mistake = -1;

	if (wait_for_all()) {
		__atomic_fetch_or(&crew.ran_on, 1UL << smp_processor_id(), __ATOMIC_RELAXED);
		mistake = crew.run((unsigned long)id);
	}
	if (mistake)
		WRITE_ONCE(crew.mistake, mistake);
	__atomic_fetch_add(&crew.ended, 1, __ATOMIC_RELEASE);
	return 0;
}

/* Runs run(id) on all processors at once, and waits until all have returned. */
static void run_on_all(struct kunit *test, int (*run)(unsigned int id))
{
	unsigned long id;

	memset(&crew, 0, sizeof(crew));
	crew.run = run;
	crew.threads = num_online_cpus();
	for (id = 0; id < crew.threads; id++)
		KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(member, (void *)id, "smp/%lu", id)));
	while (__atomic_load_n(&crew.ended, __ATOMIC_ACQUIRE) < crew.threads)
		msleep(10); /* asleep, because they need this processor, too */
	KUNIT_EXPECT_EQ(test, crew.mistake, 0);
}

static int do_nothing(unsigned int id)
{
	return 0;
}

static void tasks_run_on_all(struct kunit *test)
{
	run_on_all(test, do_nothing);
	KUNIT_EXPECT_EQ(test, crew.ran_on, cpu_online_mask);
}

/* --- Calls --- */

static void mark(void *seen)
{
	__atomic_fetch_or((unsigned long *)seen, 1UL << smp_processor_id(), __ATOMIC_RELAXED);
}

static void calls_reach_every_other(struct kunit *test)
{
	unsigned long seen = 0, others = cpu_online_mask & ~(1UL << smp_processor_id());

	smp_call_function(mark, &seen);
	KUNIT_EXPECT_EQ(test, seen, others);
}

/* All call all: a caller that waits answers the others. */
static int call_the_others(unsigned int id)
{
	unsigned long seen = 0, others = cpu_online_mask & ~(1UL << smp_processor_id());
	unsigned int i;

	for (i = 0; i < CALLS; i++) {
		seen = 0;
		smp_call_function(mark, &seen);
		if (seen != others)
			return __LINE__;
	}
	return 0;
}

static void callers_answer_each_other(struct kunit *test)
{
	run_on_all(test, call_the_others);
}

/* --- Files --- */

#define APPENDED "/tmp/appended"

/* Each through an open file of its own: only the inode knows where the file ends. */
static int append_bytes(unsigned int id)
{
	struct file *file = filp_open(APPENDED, O_WRONLY | O_CREAT | O_APPEND, 0600);
	unsigned int i, done = 0;
	loff_t pos = 0;

	if (IS_ERR(file))
		return __LINE__;
	for (i = 0; i < LOOPS; i++)
		done += kernel_write(file, "x", 1, &pos) == 1;
	fput(file);
	return done == LOOPS ? 0 : __LINE__;
}

static void appended_bytes_are_all_there(struct kunit *test)
{
	struct inode *inode;

	run_on_all(test, append_bytes);
	inode = path_lookup(APPENDED, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(inode));
	KUNIT_EXPECT_EQ(test, inode->i_size, (loff_t)num_online_cpus() * LOOPS);
	iput(inode);
	vfs_unlink(APPENDED, 0);
}

/* --- Mappings --- */

/* A register area of its own; on a large leaf at times, and shifted by a page at times. */
static int map_and_unmap_device(unsigned int id, unsigned int i)
{
	unsigned long size = i % 8 ? PAGE_SIZE * (i % 8) : SZ_2M;
	phys_addr_t phys = LOW_PHYS + id * SZ_16M + (i % 3 ? 0 : PAGE_SIZE);
	void __iomem *io = ioremap(phys, size);
	unsigned long addr = (unsigned long)io, pos;

	if (!io)
		return __LINE__;
	for (pos = 0; pos < size; pos += PAGE_SIZE)
		if (translate(addr + pos).phys != phys + pos)
			return __LINE__;
	if (translate(addr + size).size)
		return __LINE__;
	iounmap(io);
	return 0;
}

static int allocate_and_free(unsigned int id, unsigned int i)
{
	unsigned int words = (i % 5 + 1) * PAGE_SIZE / sizeof(u32), n;
	u32 *memory = vmalloc(words * sizeof(u32));

	if (!memory)
		return __LINE__;
	for (n = 0; n < words; n += 64)
		memory[n] = PATTERN(id);
	for (n = 0; n < words; n += 64)
		if (memory[n] != PATTERN(id))
			return __LINE__;
	vfree(memory);
	return 0;
}

/* One also gives tables back, and one walks them all the time. */
static int map_and_unmap(unsigned int id)
{
	unsigned int i;
	int mistake = 0;

	for (i = 0; i < LOOPS && !mistake; i++) {
		mistake = map_and_unmap_device(id, i);
		if (!mistake)
			mistake = allocate_and_free(id, i);
		if (id == 1)
			free_empty_tables();
		if (id == 2)
			kern_addr_valid(VMALLOC_START + i * PMD_SIZE);
	}
	return mistake;
}

/* A look at the free pages, or one that is as wanted: the last threads may not be freed yet. */
static unsigned long settled_pages(unsigned long wanted)
{
	unsigned long pages;
	unsigned int i = 0;

	do {
		msleep(50);
		free_empty_tables();
		pages = nr_free_pages() + slab_nr_pages();
	} while (pages != wanted && ++i < 10);
	return pages;
}

static void all_map_and_unmap_at_once(struct kunit *test)
{
	unsigned long areas, pages;

	run_on_all(test, map_and_unmap); /* caches that grow once have grown */
	pages = settled_pages(0);
	areas = fingerprint();
	run_on_all(test, map_and_unmap);
	KUNIT_EXPECT_EQ(test, settled_pages(pages), pages);
	KUNIT_EXPECT_EQ(test, fingerprint(), areas);
	expect_sound(test);
}

static const struct kunit_case smp_cases[] = {
	KUNIT_CASE(tasks_run_on_all),
	KUNIT_CASE(calls_reach_every_other),
	KUNIT_CASE(callers_answer_each_other),
	KUNIT_CASE(all_map_and_unmap_at_once),
	KUNIT_CASE(appended_bytes_are_all_there),
	{},
};

static const struct kunit_suite smp_suite = {
	.name = "smp",
	.cases = smp_cases,
};
kunit_test_suite(smp_suite);
