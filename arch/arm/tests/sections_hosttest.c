/* SPDX-License-Identifier: MIT */
/*
 * Supersections and sections as they stand in the first-level table, word by word; and what
 * becomes of the copy of that table that an address space has. On the host the log tells when
 * which was done.
 */
#include <asm/mmu_context.h>
#include <asm/pgtable.h>
#include <kernel/base/kunit.h>
#include <mm/ioremap.h>
#include <mm/tests/table_log.h>

/* The state of the log when the active address space was last brought up to date. */
static struct table_log at_check;

void check_vmalloc_seq(struct mm_struct *mm)
{
	at_check = table_log;
}

static u32 *first_level(const volatile void __iomem *io)
{
	return (u32 *)swapper_pg_dir + ((unsigned long)io >> 20);
}

/* Address bits 31:24 in place, 35:32 in bits 23:20, 39:36 in bits 8:5; bit 18 says what it is. */
static void supersection_is_sixteen_equal_words(struct kunit *test)
{
	static const phys_addr_t phys[] = { 0x100000000ULL, 0xf00000000ULL, 0x5a12000000ULL,
					    0xffff000000ULL };
	static const u32 base[] = { 0x00100000, 0x00f00000, 0x12a000a0, 0xfff001e0 };
	unsigned int i, j;

	for (i = 0; i < 4; i++) {
		void __iomem *io = ioremap(phys[i], SZ_16M);

		KUNIT_ASSERT_NOT_NULL(test, io);
		for (j = 0; j < 16; j++) {
			u32 word = first_level(io)[j];

			KUNIT_EXPECT_EQ(test, word, first_level(io)[0]);
			KUNIT_EXPECT_EQ(test, word & 0xfff001e0, base[i]);
			/* Supersection, shareable device, kernel only, never executed, global. */
			KUNIT_EXPECT_EQ(test, word & ~0xfff001e0, 0x00050416U);
		}
		KUNIT_EXPECT_NE(test, first_level(io)[16] & 3, 2U);
		KUNIT_EXPECT_NE(test, first_level(io)[-1] & 3, 2U);
		iounmap(io);
		for (j = 0; j < 16; j++)
			KUNIT_EXPECT_EQ(test, first_level(io)[j], 0U);
	}
}

/* A section has its domain in bits 8:5, which is 0 for devices. */
static void sections_come_in_pairs(struct kunit *test)
{
	void __iomem *io = ioremap(0x20000000, SZ_4M);
	u32 i;

	KUNIT_ASSERT_NOT_NULL(test, io);
	for (i = 0; i < 4; i++)
		KUNIT_EXPECT_EQ(test, first_level(io)[i], 0x20010416U + (i << 20));
	iounmap(io);
}

/* The copy is renewed after the change of init_mm's entries was counted, and before the flush. */
static void active_copy_is_renewed(struct kunit *test)
{
	void __iomem *io;

	table_log_reset();
	io = ioremap(0x20000000, SZ_4M);
	KUNIT_EXPECT_EQ(test, at_check.made, 4UL);
	KUNIT_EXPECT_EQ(test, at_check.syncs, 2UL);
	table_log_reset();
	iounmap(io);
	KUNIT_EXPECT_EQ(test, at_check.cleared, 4UL);
	KUNIT_EXPECT_EQ(test, at_check.syncs, 2UL);
	KUNIT_EXPECT_EQ(test, at_check.left_unflushed, 4UL);
	KUNIT_EXPECT_EQ(test, table_log.left_unflushed, 0UL);
}

static const struct kunit_case sections_cases[] = {
	KUNIT_CASE(supersection_is_sixteen_equal_words),
	KUNIT_CASE(sections_come_in_pairs),
	KUNIT_CASE(active_copy_is_renewed),
	{},
};

static const struct kunit_suite sections_suite = {
	.name = "sections",
	.cases = sections_cases,
};
kunit_test_suite(sections_suite);
