/* SPDX-License-Identifier: MIT */
/*
 * What boot makes of the first-level table in arch/arm/mmu.c, and the end of init memory, under the
 * log. On the host a physical address is the pointer itself, so the RAM that is made up here lies
 * where lowmem shows it.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/base/sections.h>
#include <mm/gfp.h>
#include <mm/highmem.h>
#include <mm/memblock.h>
#include <mm/mm_init.h>
#include <mm/pgalloc.h>
#include <mm/regions.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/table_log.h>
#include <mm/vmap_range.h>

#define RAM      PAGE_OFFSET
#define RAM_SIZE SZ_64M
#define NOMAP    (RAM + SZ_16M)
#define ODD      (RAM + SZ_256M) /* where the test of odd pieces makes up its RAM */

static char room[3 * SZ_2M]; /* a whole pair of RAM that is really there, for tables */

/* --- The image's borders, of which only init memory counts, and what paging_init() calls --- */

#define INIT_PAGES 3

char _text[1], _etext[1], _end[1];
static char init_memory[INIT_PAGES * PAGE_SIZE] __used __aligned(PAGE_SIZE);

__asm__(".globl __init_begin, __init_end, __inittext_begin, __inittext_end\n\t"
	".set __init_begin, init_memory\n\t"
	".set __inittext_begin, init_memory\n\t"
	".set __inittext_end, init_memory + 0x2000\n\t"
	".set __init_end, init_memory + 0x3000");

void kmap_init(void)
{
}

void regions_init(void)
{
}

unsigned long free_reserved_area(void *start, void *end, int poison, const char *name)
{
	host_note(HOST_FREE, "free", (unsigned long)start, (unsigned long)end);
	return (end - start) / PAGE_SIZE;
}

/* --- The tests --- */

static void lowmem_is_sections_and_the_user_half_empty(struct kunit *test)
{
	unsigned long addr;

	memblock_add(RAM, RAM_SIZE);
	memblock_add(RAM + RAM_SIZE, SZ_16M);
	memblock_mark_nomap(NOMAP, SZ_2M);
	memblock_reserve(RAM, RAM_SIZE + SZ_16M); /* not really there: tables lie in the room */
	memblock_add(round_up((unsigned long)room, PMD_SIZE), PMD_SIZE);
	high_memory = (void *)(RAM + RAM_SIZE + SZ_2M);
	set_pmd(pmd_off_k(0x8000000), __pmd(__section_entry(0x8000000, PROT_SECT_ROM)));
	host_reset();
	paging_init(NULL);
	expect_in_log(test, "make, vmap, clear, tlb");
	KUNIT_EXPECT_TRUE(test, host_was_flushed(0, MODULES_VADDR));
	KUNIT_EXPECT_EQ(test, count_log().replaced, 0UL);
	KUNIT_EXPECT_EQ(test, count_log().left_unflushed, 0UL);
	KUNIT_EXPECT_EQ(test, count_log().left_unordered, 0UL);
	for (addr = RAM; addr < (unsigned long)high_memory; addr += SECTION_SIZE) {
		struct translation t = translate(addr);

		KUNIT_EXPECT_EQ(test, t.size, addr - NOMAP < SZ_2M ? 0 : SECTION_SIZE);
		KUNIT_EXPECT_TRUE(test, !t.size || (t.phys == addr && t.write && !t.execute));
	}
	expect_hole(test, (unsigned long)high_memory, (unsigned long)high_memory + SZ_2M);
	expect_hole(test, 0x8000000, 0x8000000 + SZ_1M);
	for (addr = MODULES_VADDR; addr < MODULES_END; addr += PMD_SIZE)
		KUNIT_EXPECT_FALSE(test, pmd_none(*pmd_off_k(addr))); /* an empty table */
	expect_hole(test, MODULES_VADDR, MODULES_END);
}

/* A page of lowmem that sections do not show: its table lies in a whole pair. */
static void expect_lowmem_page(struct kunit *test, unsigned long addr)
{
	struct translation t = translate(addr);

	KUNIT_EXPECT_EQ(test, t.size, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, t.phys, (phys_addr_t)addr);
	KUNIT_EXPECT_EQ(test, t.memory, MEMORY_CACHED);
	KUNIT_EXPECT_TRUE(test, t.write && !t.execute && !t.user);
}

/*
 * RAM in odd pieces: one that begins and ends inside a pair, one that has no whole pair and shares
 * its pair with the end of the first, and one beyond high_memory. Every page is mapped, and no
 * other.
 */
static void odd_pieces_are_pages(struct kunit *test)
{
	unsigned long first = ODD + SZ_1M + PAGE_SIZE, last = ODD + SZ_8M + 3 * PAGE_SIZE;
	unsigned long small = last + 5 * PAGE_SIZE, end = ODD + SZ_16M + SZ_1M, addr;

	memblock_remove(0, MEMBLOCK_ALLOC_ANYWHERE);
	memblock_add(round_up((unsigned long)room, PMD_SIZE), PMD_SIZE);
	memblock_add(first, last - first);
	memblock_add(small, PAGE_SIZE);
	memblock_add(ODD + SZ_16M, SZ_4M);
	memblock_reserve(ODD, SZ_16M + SZ_4M);
	for (addr = MODULES_VADDR; addr < MODULES_END; addr += PMD_SIZE)
		pmd_clear(pmd_off_k(addr)); /* the tables of the test before */
	high_memory = (void *)end;
	host_reset();
	paging_init(NULL);
	KUNIT_EXPECT_EQ(test, count_log().replaced, 0UL);
	KUNIT_EXPECT_EQ(test, count_log().left_unordered, 0UL);
	expect_hole(test, ODD, first);
	expect_lowmem_page(test, first);
	expect_lowmem_page(test, ODD + SZ_2M - PAGE_SIZE);
	for (addr = ODD + SZ_2M; addr < ODD + SZ_8M; addr += SECTION_SIZE)
		KUNIT_EXPECT_EQ(test, translate(addr).size, SECTION_SIZE);
	for (addr = ODD + SZ_8M; addr < last; addr += PAGE_SIZE)
		expect_lowmem_page(test, addr);
	expect_hole(test, last, small);
	expect_lowmem_page(test, small);
	expect_hole(test, small + PAGE_SIZE, ODD + SZ_16M);
	expect_lowmem_page(test, end - PAGE_SIZE);
	expect_hole(test, end, ODD + SZ_16M + SZ_4M);
}

/* What was code can be written afterwards: it is nobody's in between (break before make). */
static void init_code_becomes_memory(struct kunit *test)
{
	unsigned long start = (unsigned long)init_memory, addr;

	for (addr = start; addr < start + sizeof(init_memory); addr += PAGE_SIZE)
		KUNIT_EXPECT_EQ(
			test,
			ioremap_page_range(addr, addr + PAGE_SIZE, __pa(addr), PAGE_KERNEL_ROX), 0);
	host_reset();
	free_initmem();
	KUNIT_EXPECT_STREQ(test, host_log(), "clear, tlb, make, clear, tlb, make, vmap, free");
	expect_no_mistake(test);
	for (addr = start; addr < start + 2 * PAGE_SIZE; addr += PAGE_SIZE) {
		struct translation t = translate(addr);

		KUNIT_EXPECT_TRUE(test, t.size && t.phys == addr && t.write && !t.execute);
		KUNIT_EXPECT_EQ(test, t.memory, MEMORY_CACHED);
		KUNIT_EXPECT_TRUE(test, host_was_flushed(addr, addr + PAGE_SIZE));
	}
	KUNIT_EXPECT_TRUE(test, translate(addr).execute);
	vunmap_range(start, start + sizeof(init_memory));
}

static const struct kunit_case mmu_cases[] = {
	KUNIT_CASE(lowmem_is_sections_and_the_user_half_empty),
	KUNIT_CASE(odd_pieces_are_pages),
	KUNIT_CASE(init_code_becomes_memory),
	{},
};

static const struct kunit_suite mmu_suite = {
	.name = "mmu",
	.cases = mmu_cases,
};
kunit_test_suite(mmu_suite);
