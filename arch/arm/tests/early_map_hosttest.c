/* SPDX-License-Identifier: MIT */
/*
 * arm's share of the tests of early_map.c: an image, the rest of the pairs that it lies in, and two
 * sections at physical addresses.
 */
#include <asm/pgtable.h>
#include <boot/tests/early_map_hosttest.h>
#include <kernel/base/kunit.h>
#include <kernel/base/sections.h>
#include <kernel/lib/string.h>
#include <mm/tests/mapping_check.h>

/* Of early_map.c. The host's asm/memory.h does not name it. */
extern phys_addr_t __pv_phys_offset;

u32 early_map(void);

#define PHYS_START 0x40000000UL

void run_early_map(void)
{
	early_map();
}

/* early_map() begins with that itself. */
void forget_early_maps(void)
{
}

static unsigned long lowmem(unsigned long phys)
{
	return phys - PHYS_START + PAGE_OFFSET;
}

/* Before and behind the image, up to the border of a pair: data, and then nothing. */
void nothing_else_is_mapped(struct kunit *test)
{
	unsigned long text = (unsigned long)_text, end = (unsigned long)_end;
	unsigned long first = ALIGN_DOWN(text, PMD_SIZE), last = ALIGN(end, PMD_SIZE), phys;

	for (phys = first; phys < last; phys += PAGE_SIZE) {
		struct translation t = translate(lowmem(phys));

		if (phys >= text && phys < end)
			continue;
		if (t.phys != phys || !t.write || t.execute || t.memory != MEMORY_CACHED) {
			KUNIT_FAIL(test, "0x%lx, beside the image, is no lowmem", lowmem(phys));
			return;
		}
	}
	expect_hole(test, PAGE_OFFSET, lowmem(first));
	expect_hole(test, lowmem(last), lowmem(last) + PMD_SIZE);
	KUNIT_EXPECT_EQ(test, __pv_phys_offset, PHYS_START);
}

/* Sections: that of the image's first MiB is executed, that of the UART never. */
void the_switch_stays_on_its_page(struct kunit *test)
{
	unsigned long text = (unsigned long)_text, uart = CONFIG_DEBUG_UART;
	struct translation t = translate(text);

	KUNIT_EXPECT_EQ(test, t.size, SECTION_SIZE);
	KUNIT_EXPECT_EQ(test, t.phys, text);
	KUNIT_EXPECT_TRUE(test, t.execute && !t.write && t.memory == MEMORY_CACHED);
	t = translate(uart);
	KUNIT_EXPECT_EQ(test, t.size, SECTION_SIZE);
	KUNIT_EXPECT_EQ(test, t.phys, uart);
	KUNIT_EXPECT_TRUE(test, !t.execute && t.write && t.memory == MEMORY_DEVICE);
	expect_hole(test, ALIGN_DOWN(text, SECTION_SIZE) - SECTION_SIZE,
		    ALIGN_DOWN(text, SECTION_SIZE));
	expect_hole(test, ALIGN_DOWN(uart, SECTION_SIZE) + SECTION_SIZE,
		    ALIGN_DOWN(uart, SECTION_SIZE) + PMD_SIZE);
}
