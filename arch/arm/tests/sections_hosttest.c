/* SPDX-License-Identifier: MIT */
/*
 * Supersections and sections as they stand in the first-level table, word by word; and what
 * becomes of the copy of that table that an address space has, which the log of host.h tells.
 */
#include <asm/mmu_context.h>
#include <asm/pgtable.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <mm/ioremap.h>
#include <mm/pgalloc.h>
#include <mm/tests/kern_addr_check.h>
#include <mm/tests/table_log.h>

void sync_kernel_entries(unsigned long addr, unsigned long end)
{
	host_note(HOST_NOTE, "copy", addr, end);
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

/*
 * The active copy is renewed once a range. It and init_mm's entries are whole before the barrier
 * that lets a walker see new entries, and before the flush that drops old ones.
 */
static void active_copy_is_renewed(struct kunit *test)
{
	void __iomem *io;

	host_reset();
	io = ioremap(0x20000000, SZ_4M);
	expect_in_log(test, "make, copy, vmap");
	expect_no_mistake(test);
	host_reset();
	iounmap(io);
	expect_in_log(test, "vunmap, clear, copy, tlb");
	expect_no_mistake(test);
}

/* Boot may fill one half of a pair only: each half speaks for itself. */
static void halves_of_a_pair_are_told(struct kunit *test)
{
	unsigned long addr = STATIC_IO_BASE - SZ_64M;
	pmd_t *pair = pmd_off_k(addr);
	unsigned int half;

	for (half = 0; half < 2; half++) {
		unsigned long mapped = addr + half * SZ_1M, other = addr + !half * SZ_1M;

		set_pmd(&pair[half], __pmd(__section_entry(0x20000000, PROT_SECT_DEVICE)));
		KUNIT_EXPECT_TRUE(test, kern_addr_valid(mapped));
		KUNIT_EXPECT_FALSE(test, kern_addr_valid(other));
		expect_kern_addr(test, mapped, mapped + SZ_1M);
		expect_kern_addr(test, other, other + SZ_1M);
		set_pmd(&pair[half], __pmd(0));
	}
}

/* What lies below the kernel's part of the table is not the kernel's, mapped or not. */
static void user_half_is_not_told(struct kunit *test)
{
	pmd_t *pair = pmd_off_k(MODULES_VADDR - SZ_2M);
	unsigned int i;

	for (i = 0; i < 3; i++)
		set_pmd(&pair[i], __pmd(__section_entry(0x20000000, PROT_SECT_DEVICE)));
	KUNIT_EXPECT_FALSE(test, kern_addr_valid(MODULES_VADDR - SZ_2M));
	KUNIT_EXPECT_FALSE(test, kern_addr_valid(MODULES_VADDR - 1));
	KUNIT_EXPECT_TRUE(test, kern_addr_valid(MODULES_VADDR));
	for (i = 0; i < 3; i++)
		set_pmd(&pair[i], __pmd(0));
}

static const struct kunit_case sections_cases[] = {
	KUNIT_CASE(supersection_is_sixteen_equal_words),
	KUNIT_CASE(sections_come_in_pairs),
	KUNIT_CASE(active_copy_is_renewed),
	KUNIT_CASE(halves_of_a_pair_are_told),
	KUNIT_CASE(user_half_is_not_told),
	{},
};

static const struct kunit_suite sections_suite = {
	.name = "sections",
	.cases = sections_cases,
};
kunit_test_suite(sections_suite);
