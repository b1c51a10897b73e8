/* SPDX-License-Identifier: MIT */
/* arm64's share of the tests of early_map.c: an image, and its map at physical addresses. */
#include <asm/pgtable.h>
#include <boot/tests/early_map_hosttest.h>
#include <kernel/base/kunit.h>
#include <kernel/base/sections.h>
#include <kernel/lib/string.h>
#include <mm/tests/mapping_check.h>

/* Of early_map.c. The host's headers name neither. */
extern pgd_t idmap_pg_dir[PTRS_PER_PGD];
extern u64 kimage_voffset;

void early_map(void);

void run_early_map(void)
{
	early_map();
}

void forget_early_maps(void)
{
	memset(swapper_pg_dir, 0, PAGE_SIZE);
	memset(idmap_pg_dir, 0, PAGE_SIZE);
}

void nothing_else_is_mapped(struct kunit *test)
{
	unsigned long end = KIMAGE_VADDR + (_end - _text);

	expect_hole(test, KIMAGE_VADDR - SZ_2M, KIMAGE_VADDR);
	expect_hole(test, end, ALIGN(end, SZ_2M) + SZ_2M);
	KUNIT_EXPECT_EQ(test, translate((unsigned long)_text).size, 0UL);
	KUNIT_EXPECT_EQ(test, kimage_voffset, KIMAGE_VADDR - (unsigned long)_text);
}

/* The whole image, with the permissions of swapper_pg_dir, and one page of a device. */
void the_switch_stays_on_its_page(struct kunit *test)
{
	unsigned long phys, uart = CONFIG_DEBUG_UART;
	struct translation t;

	for (phys = (unsigned long)_text; phys < (unsigned long)_end; phys += PAGE_SIZE) {
		struct translation there = translate(phys + kimage_voffset);

		t = translate_by(idmap_pg_dir, phys);
		if (t.size != PAGE_SIZE || t.phys != phys || t.write != there.write ||
		    t.execute != there.execute) {
			KUNIT_FAIL(test, "idmap: 0x%lx: a leaf of 0x%lx to 0x%llx", phys, t.size,
				   t.phys);
			return;
		}
	}
	t = translate_by(idmap_pg_dir, uart);
	KUNIT_EXPECT_EQ(test, t.size, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, t.phys, uart);
	KUNIT_EXPECT_EQ(test, t.memory, MEMORY_DEVICE);
	KUNIT_EXPECT_TRUE(test, t.write && !t.execute && !t.user);
	KUNIT_EXPECT_EQ(test, translate_by(idmap_pg_dir, uart + PAGE_SIZE).size, 0UL);
	KUNIT_EXPECT_EQ(test, translate_by(idmap_pg_dir, (unsigned long)_end).size, 0UL);
}
