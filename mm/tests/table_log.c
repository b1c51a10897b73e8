/* SPDX-License-Identifier: MIT */
/* The watcher of table_log.h. It stands in for the functions of stubs.c that it wants to see. */
#include <asm/barrier.h>
#include <asm/mmu_context.h>
#include <asm/tlbflush.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/gfp.h>
#include <mm/pgalloc.h>
#include <mm/tests/table_log.h>

/* Entries that were cleared since the last flush: a walker may still know what they said. */
static struct stale_entry {
	const void *entry;
	u64 old;
} stale[1 << 19];

static unsigned long flush_start, flush_end; /* since the last clear, in one piece */

struct table_log table_log;

/* On both architectures bits 1:0 are 0 in what the walker ignores. */
static bool is_valid(u64 entry)
{
	return entry & 3;
}

static bool is_stale(const void *entry)
{
	unsigned long i;

	for (i = 0; i < table_log.left_unflushed; i++)
		if (stale[i].entry == entry)
			return true;
	return false;
}

void host_note_store(const void *entry, u64 old, u64 value)
{
	if (is_valid(value)) {
		table_log.replaced += is_valid(old) && old != value;
		table_log.made += !is_valid(old);
		table_log.remade_early += is_stale(entry);
	} else if (is_valid(old)) {
		stale[table_log.left_unflushed++ % ARRAY_SIZE(stale)] =
			(struct stale_entry){ entry, old };
		table_log.cleared++;
		flush_start = flush_end = 0;
	} else {
		table_log.cleared_twice++;
	}
}

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	table_log.left_unflushed = 0;
	flush_start = start;
	flush_end = end;
}

void flush_tlb_all(void)
{
	flush_tlb_kernel_range(0, ~0UL);
}

/* Does an entry that waits for its flush lead to this page? */
void free_pages(unsigned long addr, unsigned int order)
{
	unsigned long i;

	if (!addr)
		return;
	table_log.freed++;
	for (i = 0; i < table_log.left_unflushed; i++)
		if ((stale[i].old & GENMASK_ULL(47, PAGE_SHIFT)) == __pa(addr))
			table_log.freed_early++;
	__free_pages(virt_to_page((void *)addr), order);
}

void arch_sync_kernel_mappings(unsigned long addr)
{
	table_log.syncs++;
}

void table_log_reset(void)
{
	table_log = (struct table_log){ .left_unflushed = table_log.left_unflushed };
}

bool table_log_flushed(unsigned long start, unsigned long end)
{
	return flush_start <= start && end <= flush_end;
}

void expect_no_mistake(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, table_log.replaced, 0UL);
	KUNIT_EXPECT_EQ(test, table_log.cleared_twice, 0UL);
	KUNIT_EXPECT_EQ(test, table_log.remade_early, 0UL);
	KUNIT_EXPECT_EQ(test, table_log.freed_early, 0UL);
	KUNIT_EXPECT_EQ(test, table_log.left_unflushed, 0UL);
}
