/* SPDX-License-Identifier: MIT */
/* The reader of the log (table_log.h), and what stands in for the copies of init_mm's tables. */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/page.h>
#include <mm/pgalloc.h>
#include <mm/tests/table_log.h>

void arch_sync_kernel_mappings(unsigned long addr)
{
	host_note(HOST_NOTE, "sync", addr, addr);
}

/* Stores that cleared an entry and wait for a flush: a walker may still know what it said. */
static const struct host_event *stale[HOST_EVENTS];

/* On both architectures bits 1:0 are 0 in what the walker ignores. */
static bool is_valid(u64 entry)
{
	return entry & 3;
}

static void count_store(struct table_log *sum, const struct host_event *store)
{
	unsigned long i;

	if (is_valid(store->value)) {
		sum->replaced += is_valid(store->old) && store->old != store->value;
		sum->made += !is_valid(store->old);
		sum->left_unordered += !is_valid(store->old);
		for (i = 0; i < sum->left_unflushed; i++)
			sum->remade_early += stale[i]->entry == store->entry;
	} else if (is_valid(store->old)) {
		sum->cleared++;
		stale[sum->left_unflushed++] = store;
	} else {
		sum->cleared_twice++;
	}
}

/* Does an entry that waits for its flush lead to one of these pages? */
static void count_free(struct table_log *sum, const struct host_event *pages)
{
	unsigned long i;

	sum->freed++;
	for (i = 0; i < sum->left_unflushed; i++) {
		u64 phys = stale[i]->old & GENMASK_ULL(47, PAGE_SHIFT);

		sum->freed_early += phys >= __pa(pages->start) && phys < __pa(pages->end);
	}
}

static void count_event(struct table_log *sum, const struct host_event *event)
{
	switch (event->op) {
	case HOST_STORE:
		count_store(sum, event);
		break;
	case HOST_FREE:
		count_free(sum, event);
		break;
	case HOST_TLB:
		if (event->start < event->end)
			sum->left_unflushed = sum->left_unordered = 0;
		break;
	case HOST_VMAP:
		if (event->start < event->end)
			sum->left_unordered = 0;
		break;
	default:
		break;
	}
}

struct table_log count_log(void)
{
	struct table_log sum = {};
	unsigned int i;

	for (i = 0; i < min(host_nr_events, HOST_EVENTS); i++)
		count_event(&sum, &host_events[i]);
	return sum;
}

bool table_log_flushed(unsigned long start, unsigned long end)
{
	unsigned int i = min(host_nr_events, HOST_EVENTS);

	while (i-- && !(host_events[i].op == HOST_STORE && !is_valid(host_events[i].value)))
		if (host_events[i].op == HOST_TLB && host_events[i].start <= start &&
		    end <= host_events[i].end)
			return true;
	return false;
}

void expect_no_mistake(struct kunit *test)
{
	struct table_log sum = count_log();

	KUNIT_EXPECT_LE(test, host_nr_events, HOST_EVENTS);
	KUNIT_EXPECT_EQ(test, sum.replaced, 0UL);
	KUNIT_EXPECT_EQ(test, sum.cleared_twice, 0UL);
	KUNIT_EXPECT_EQ(test, sum.remade_early, 0UL);
	KUNIT_EXPECT_EQ(test, sum.freed_early, 0UL);
	KUNIT_EXPECT_EQ(test, sum.left_unflushed, 0UL);
	KUNIT_EXPECT_EQ(test, sum.left_unordered, 0UL);
}

void expect_in_log(struct kunit *test, const char *words)
{
	if (!strstr(host_log(), words))
		KUNIT_FAIL(test, "\"%s\" is not in the log: %s", words, host_log());
}
