/* SPDX-License-Identifier: MIT */
/* arm64's share of the tests of an autopsy: PAR_EL1, by the manual (DDI 0487, D17.2.101). */
#include <asm/pgtable.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/bitops.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/ptwalk.h>
#include <mm/tests/fault_hosttest.h>
#include <mm/vmap_range.h>

/* Bits 63:56 are the byte of MAIR_EL1, 11 is 1, 8:7 say who shares it. */
static u64 par_of(phys_addr_t phys, u64 attr)
{
	return attr << 56 | (phys & GENMASK_ULL(47, 12)) | 1 << 11 | 2 << 7;
}

u64 par_of_page(phys_addr_t phys)
{
	return par_of(phys, 0x04);
}

u64 par_of_fault(unsigned int status)
{
	return 1ULL << 11 | status << 1 | 1;
}

u64 par_of_address(unsigned long addr)
{
	return par_of_page(addr & 0xfffff000);
}

static u64 chosen;

static u64 answer_chosen(unsigned long addr)
{
	return chosen;
}

u64 raw_entry(unsigned long addr)
{
	const u64 *table = (const u64 *)init_mm.pgd;
	unsigned int shift;

	for (shift = 39; shift > 12; shift -= 9)
		table = (const u64 *)(unsigned long)(table[addr >> shift & 511] &
						     GENMASK_ULL(47, 12));
	return table[addr >> 12 & 511];
}

void more_than_a_page_is_decoded(struct kunit *test)
{
	static const struct {
		u64 attr;
		const char *word;
	} rows[] = {
		{ 0x00, "DEVICE/nGnRnE" }, { 0x04, "DEVICE/nGnRE" }, { 0x44, "MEM/NORMAL-NC" },
		{ 0xff, "MEM/NORMAL" },    { 0x08, NULL },
	};
	struct processor_answer answer;
	unsigned int i;

	host_answer = answer_chosen;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		chosen = par_of(0x123456789000ULL, rows[i].attr);
		ask_processor(&answer, 0xfff);
		KUNIT_EXPECT_EQ(test, answer.phys, 0x123456789fffULL);
		if (rows[i].word)
			KUNIT_EXPECT_STREQ(test, answer.memory ?: "", rows[i].word);
		else
			KUNIT_EXPECT_NULL(test, answer.memory);
	}
}

void memory_types_are_compared(struct kunit *test)
{
	unsigned long addr = ALIGN(VMALLOC_START + SZ_128M, PMD_SIZE);
	char text[2048];
	struct seq_buf s;

	ioremap_page_range(addr, addr + PAGE_SIZE, 0x48000000, PAGE_KERNEL);
	host_answer = answer_chosen;
	chosen = par_of(0x48000000, 0xff);
	seq_buf_init(&s, text, sizeof(text));
	ptwalk_show(&s, &init_mm, addr, false);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "MEM/NORMAL: agree\n"));
	chosen = par_of(0x48000000, 0x44);
	seq_buf_init(&s, text, sizeof(text));
	ptwalk_show(&s, &init_mm, addr, false);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, ": differs, the tables name another memory type"));
}
