/* SPDX-License-Identifier: MIT */
/*
 * The readers' walk against the oracle of translation.h, which decodes raw descriptors by the
 * manual and shares no code with it: the walk misses nothing, sees nothing twice, and finds the
 * leaves and holes that the processor would find.
 */
#include <asm/tlbflush.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/gfp.h>
#include <mm/ioremap.h>
#include <mm/pagewalk.h>
#include <mm/pgalloc.h>
#include <mm/tests/kern_addr_check.h>
#include <mm/vmalloc.h>

#define LOW_PHYS 0x10000000ULL

/* --- Mappings to look at: of pages, of each larger leaf, and of both --- */

static const struct {
	phys_addr_t phys;
	unsigned long size;
} mappings[] = {
	{ LOW_PHYS + PAGE_SIZE, 3 * PAGE_SIZE },
	{ LOW_PHYS, SZ_2M },
	{ LOW_PHYS, SZ_2M + PAGE_SIZE },
	{ HOLE_PHYS, SZ_16M }, /* out of reach of arm's pages */
	{ HOLE_PHYS, SZ_1G },  /* arm's vmalloc space is too small for it */
};

static void __iomem *mapped[ARRAY_SIZE(mappings)];

static int map_all(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(mappings); i++) {
		mapped[i] = ioremap(mappings[i].phys, mappings[i].size);
		if (!mapped[i] && mappings[i].size < VMALLOC_END - VMALLOC_START &&
		    !arch_ioremap_refusal(mappings[i].phys, mappings[i].size))
			return -ENOMEM;
	}
	return 0;
}

static void unmap_all(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(mappings); i++)
		if (mapped[i])
			iounmap(mapped[i]);
}

/* --- What the walk reports --- */

struct report {
	struct kunit *test;
	unsigned long next; /* where the next entry must begin */
	unsigned long leaves, holes;
};

static void expect_next(struct report *report, unsigned long addr, unsigned long next)
{
	if (addr != report->next)
		KUNIT_FAIL(report->test, "an entry begins at 0x%lx, the one before ended at 0x%lx",
			   addr, report->next);
	report->next = next;
}

/* Of [addr, next) the oracle maps nothing. */
static int note_hole(unsigned long addr, unsigned long next, enum pgtable_level level,
		     struct mm_walk *walk)
{
	struct report *report = walk->private;
	unsigned long pos = addr;

	expect_next(report, addr, next);
	report->holes++;
	do {
		struct translation t = translate(pos);

		if (t.size) {
			KUNIT_FAIL(report->test, "0x%lx is mapped, and in a hole", pos);
			return 0;
		}
		pos = (pos & ~(t.hole - 1)) + t.hole;
	} while (pos - 1 < next - 1);
	return 0;
}

/* An entry of a leaf, all or a part of it: the leaf has size bytes and begins at base. */
static int note_leaf(struct mm_walk *walk, unsigned long addr, unsigned long next,
		     unsigned long size, phys_addr_t base)
{
	struct translation t = translate(addr);
	struct report *report = walk->private;

	expect_next(report, addr, next);
	report->leaves++;
	if (t.size != size || t.phys != base + (addr & (size - 1)))
		KUNIT_FAIL(report->test, "0x%lx: a leaf of 0x%lx, and not 0x%lx, at 0x%llx", addr,
			   size, t.size, base);
	return 0;
}

static int note_pud(pud_t *pudp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return pud_leaf(*pudp) ? note_leaf(walk, addr, next, PUD_SIZE, pud_leaf_phys(*pudp)) : 0;
}

static int note_pmd(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return pmd_leaf(*pmdp)
		       ? note_leaf(walk, addr, next, pmd_leaf_size(*pmdp), pmd_leaf_phys(*pmdp))
		       : 0;
}

static int note_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	if (pte_none(*ptep))
		return note_hole(addr, next, PGTABLE_LEVEL_PTE, walk);
	return note_leaf(walk, addr, next, PAGE_SIZE, (phys_addr_t)pte_pfn(*ptep) << PAGE_SHIFT);
}

static struct report walk_and_compare(struct kunit *test, unsigned long start, unsigned long end)
{
	static const struct mm_walk_ops ops = {
		.pud_entry = note_pud,
		.pmd_entry = note_pmd,
		.pte_entry = note_pte,
		.pte_hole = note_hole,
	};
	struct report report = { .test = test, .next = start };

	KUNIT_EXPECT_EQ(test, walk_page_range(&init_mm, start, end, &ops, &report), 0);
	if (report.next != end)
		KUNIT_FAIL(test, "the walk of 0x%lx-0x%lx ended at 0x%lx", start, end, report.next);
	return report;
}

static void every_address_once(struct kunit *test)
{
	struct report report = walk_and_compare(test, KERNEL_HALF_START, 0);

	KUNIT_EXPECT_GT(test, report.leaves, (unsigned long)ARRAY_SIZE(mappings));
	KUNIT_EXPECT_GT(test, report.holes, (unsigned long)ARRAY_SIZE(mappings));
}

/* Ranges that begin and end in the middle of a leaf, of a table and of a hole. */
static void borders_cut_the_walk(struct kunit *test)
{
	static const unsigned long sizes[] = { PAGE_SIZE, PMD_ENTRY_SIZE, PMD_SIZE, PUD_SIZE,
					       PGDIR_SIZE };
	unsigned int i, before, behind;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		unsigned long border = ALIGN((unsigned long)mapped[2] + PAGE_SIZE, sizes[i]);

		for (before = 0; before <= 2; before++)
			for (behind = 0; behind <= 2; behind++)
				walk_and_compare(test, border - before * PAGE_SIZE,
						 border + behind * PAGE_SIZE);
		walk_and_compare(test, border - sizes[i] - PAGE_SIZE,
				 border + sizes[i] + PAGE_SIZE);
	}
	walk_and_compare(test, -PAGE_SIZE, 0);
	walk_and_compare(test, -PMD_SIZE - PAGE_SIZE, 0);
}

/* --- The two halves of a pair --- */

static void set_half(pmd_t *half, pmd_t value, unsigned long addr)
{
	set_pmd(half, value);
	flush_tlb_kernel_range(addr, addr + PMD_ENTRY_SIZE);
}

static void halves_of_a_pair_may_differ(struct kunit *test)
{
	unsigned long start = (unsigned long)mapped[1], addr;
	pmd_t *pair = pmd_off_k(start);
	unsigned int i;

	if (PMD_ENTRIES == 1 || leaf_types[0].size == PAGE_SIZE) {
		kunit_skip(test, "an entry is no pair, or maps pages only");
		return;
	}
	for (i = 0; i < PMD_ENTRIES; i++) {
		pmd_t whole = pair[i];

		addr = start + i * PMD_ENTRY_SIZE;
		set_half(&pair[i], __pmd(0), addr);
		KUNIT_EXPECT_EQ(test, walk_and_compare(test, start, start + PMD_SIZE).leaves, 1UL);
		walk_and_compare(test, addr - PAGE_SIZE, addr + PMD_ENTRY_SIZE + PAGE_SIZE);
		KUNIT_EXPECT_FALSE(test, kern_addr_valid(addr));
		KUNIT_EXPECT_FALSE(test, kern_addr_valid(addr + PMD_ENTRY_SIZE - 1));
		KUNIT_EXPECT_TRUE(test, kern_addr_valid(start + !i * PMD_ENTRY_SIZE));
		set_half(&pair[i], whole, addr);
	}
}

/* --- One address --- */

static void look_up(struct kunit *test, unsigned long addr)
{
	const char *error = kern_addr_error(addr);

	if (error)
		KUNIT_FAIL(test, "0x%lx %s", addr, error);
}

static void one_address_is_found(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(mappings); i++) {
		unsigned long addr = (unsigned long)mapped[i], end = addr + mappings[i].size;

		if (!mapped[i])
			continue;
		look_up(test, addr - 1);
		look_up(test, end);
		look_up(test, end + PAGE_SIZE);
		for (; addr < end; addr += mappings[i].size / 7 + 1)
			look_up(test, addr);
		look_up(test, end - 1);
	}
	look_up(test, KERNEL_HALF_START);
	look_up(test, VMALLOC_END - 1);
	look_up(test, ~0UL);
}

/* A table's index has no bits of the user's half: the same entries would answer for it. */
static void user_addresses_are_refused(struct kunit *test)
{
	unsigned long addr = (unsigned long)mapped[0];

	KUNIT_EXPECT_TRUE(test, kern_addr_valid(addr));
	KUNIT_EXPECT_FALSE(test, kern_addr_valid(addr - KERNEL_HALF_START));
	KUNIT_EXPECT_FALSE(test, kern_addr_valid(addr & (~0UL >> 8)));
	KUNIT_EXPECT_FALSE(test, kern_addr_valid(KERNEL_HALF_START - 1));
}

/* --- The end of a walk --- */

struct countdown {
	unsigned int left, calls;
};

static int count_down(struct mm_walk *walk)
{
	struct countdown *countdown = walk->private;

	countdown->calls++;
	return --countdown->left ? 0 : 7;
}

static int count_pmd(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return count_down(walk);
}

static int count_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return count_down(walk);
}

static int count_hole(unsigned long addr, unsigned long next, enum pgtable_level level,
		      struct mm_walk *walk)
{
	return count_down(walk);
}

/* Every n-th call ends it: among them calls for a table, the last page of one, a hole. */
static void a_result_ends_the_walk(struct kunit *test)
{
	static const struct mm_walk_ops ops = {
		.pmd_entry = count_pmd,
		.pte_entry = count_pte,
		.pte_hole = count_hole,
	};
	unsigned long start = (unsigned long)mapped[2] - PMD_SIZE, end = start + 4 * PMD_SIZE;
	struct countdown all = {};
	unsigned int n;

	KUNIT_EXPECT_EQ(test, walk_page_range(&init_mm, start, end, &ops, &all), 0);
	KUNIT_ASSERT_TRUE(test, all.calls > 512);
	for (n = 1; n <= all.calls; n++) {
		struct countdown countdown = { .left = n };

		if (walk_page_range(&init_mm, start, end, &ops, &countdown) != 7 ||
		    countdown.calls != n)
			KUNIT_FAIL(test, "after call %u of %u came %u", n, all.calls,
				   countdown.calls);
	}
}

static void wrong_ranges_are_refused(struct kunit *test)
{
	static const struct mm_walk_ops ops = { .pte_hole = count_hole, .pmd_entry = count_pmd };
	const unsigned long addr = VMALLOC_START;
	static const struct {
		unsigned long start, end;
	} wrong[] = {
		{ 1, PAGE_SIZE },
		{ 0, PAGE_SIZE + 1 },
		{ 0, -PAGE_SIZE - 1 },
		{ 2 * PAGE_SIZE, PAGE_SIZE },
	};
	struct countdown countdown = {};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		unsigned long start = addr + wrong[i].start, end = addr + wrong[i].end;
		int result = 0;

		KUNIT_EXPECT_WARNING(test, result = walk_page_range(&init_mm, start, end, &ops,
								    &countdown));
		KUNIT_EXPECT_EQ(test, result, -EINVAL);
	}
	KUNIT_EXPECT_EQ(test, walk_page_range(&init_mm, addr, addr, &ops, &countdown), 0);
	KUNIT_EXPECT_EQ(test, countdown.calls, 0U);
}

/* --- Tables, in an address space that is the test's own --- */

static const unsigned long places[] = { 0, 3 * PAGE_SIZE, PMD_SIZE, 2 * PUD_SIZE, 3 * PGDIR_SIZE };

/* How many tables the places need at the level below entries of that size. */
static unsigned int count_places(unsigned long size)
{
	unsigned int i, n = 1;

	for (i = 1; i < ARRAY_SIZE(places); i++)
		n += places[i] / size != places[i - 1] / size;
	return n;
}

/* Empties the table, so that a walk which is not done with it misses what is below. */
static void free_table(void *table, enum pgtable_level level, struct mm_walk *walk)
{
	unsigned int *tables = walk->private;

	tables[level]++;
	memset(table, 0, PAGE_SIZE);
	free_page((unsigned long)table);
}

static void tables_are_left_last(struct kunit *test)
{
	static const struct mm_walk_ops ops = { .leave_table = free_table };
	unsigned int order = get_order(sizeof(pgd_t) * PTRS_PER_PGD), i;
	struct mm_struct mm = {
		.pgd = (pgd_t *)__get_free_pages(GFP_KERNEL | __GFP_ZERO, order),
	};
	unsigned int tables[PGTABLE_LEVEL_PTE + 1] = {};

	KUNIT_ASSERT_NOT_NULL(test, mm.pgd);
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		pud_t *pudp = pud_alloc(pgd_offset(&mm, places[i]), places[i]);
		pmd_t *pmdp = pudp ? pmd_alloc(pudp, places[i]) : NULL;
		pte_t *ptep = pmdp ? pte_alloc(pmdp, places[i]) : NULL;

		KUNIT_EXPECT_TRUE(test, ptep && lookup_pte(&mm, places[i]) == ptep);
	}
	KUNIT_EXPECT_NULL(test, lookup_pte(&mm, 4 * PGDIR_SIZE));
	KUNIT_EXPECT_EQ(test, walk_page_range(&mm, 0, 8 * PGDIR_SIZE, &ops, tables), 0);
	KUNIT_EXPECT_EQ(test, tables[PGTABLE_LEVEL_PTE], count_places(PMD_SIZE));
	KUNIT_EXPECT_EQ(test, tables[PGTABLE_LEVEL_PMD],
			PUD_SIZE > PMD_SIZE ? count_places(PUD_SIZE) : 0U);
	KUNIT_EXPECT_EQ(test, tables[PGTABLE_LEVEL_PUD],
			PGDIR_SIZE > PUD_SIZE ? count_places(PGDIR_SIZE) : 0U);
	free_pages((unsigned long)mm.pgd, order);
}

static const struct kunit_case pagewalk_cases[] = {
	KUNIT_CASE(every_address_once),
	KUNIT_CASE(borders_cut_the_walk),
	KUNIT_CASE(halves_of_a_pair_may_differ),
	KUNIT_CASE(one_address_is_found),
	KUNIT_CASE(user_addresses_are_refused),
	KUNIT_CASE(a_result_ends_the_walk),
	KUNIT_CASE(wrong_ranges_are_refused),
	KUNIT_CASE(tables_are_left_last),
	{},
};

static const struct kunit_suite pagewalk_suite = {
	.name = "pagewalk",
	.init = map_all,
	.exit = unmap_all,
	.cases = pagewalk_cases,
};
kunit_test_suite(pagewalk_suite);
