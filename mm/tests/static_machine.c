/* SPDX-License-Identifier: MIT */
/* A machine's table, and what notes what would be mapped (static_machine.h). */
#include <asm/mem_type.h>
#include <host.h>
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/mm_init.h>
#include <mm/page.h>
#include <mm/tests/static_machine.h>
#include <mm/vmalloc.h>

/* --- In the place of an architecture --- */

const struct map_desc *mapped_rows[8];
unsigned int nr_mapped, nr_fills, nr_mapped_at_fill = ~0U, nr_new, nr_unmapped;

void create_mapping(const struct map_desc *row)
{
	mapped_rows[nr_mapped++ % ARRAY_SIZE(mapped_rows)] = row;
}

void fill_pmd_gaps(unsigned long addr, unsigned long end)
{
	nr_mapped_at_fill = min(nr_mapped_at_fill, nr_mapped);
	nr_fills++;
}

const struct mem_type mem_types[NR_MEM_TYPES] = {
	[MT_DEVICE] = { "MT_DEVICE" },
	[MT_DEVICE_CACHED] = { "MT_DEVICE_CACHED" },
	[MT_DEVICE_WC] = { "MT_DEVICE_WC" },
};

const char *arch_ioremap_refusal(phys_addr_t phys, size_t size)
{
	return NULL;
}

int ioremap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys, pgprot_t prot)
{
	nr_new++;
	return 0;
}

void vunmap_range(unsigned long addr, unsigned long end)
{
	nr_unmapped++;
}

const struct leaf_type leaf_types[NR_LEAF_TYPES] = {
	{ "page of 4 KiB", PAGE_SIZE },
};

/* --- A machine --- */

/* In no order; the first and the last page of the space are taken, and two rows touch. */
const struct map_desc static_rows[NR_ROWS] = {
	ROW(BASE + PAGES(4), 0x0a000000, PAGES(4), MT_DEVICE),
	ROW(VMALLOC_END - PAGES(2), 0x0c000000, PAGES(2), MT_DEVICE_WC),
	ROW(BASE + PAGES(8), 0x0a008000, PAGES(2), MT_DEVICE),
	ROW(VMALLOC_START, RAM - PAGE_SIZE, PAGE_SIZE, MT_DEVICE),
	ROW(BASE + PAGES(12), RAM + RAM_SIZE, PAGES(1), MT_DEVICE),
	ROW(BASE, 0x0a000000, PAGES(1), MT_DEVICE_CACHED),
};

static void boot(void)
{
	static char ram[16 * PAGE_SIZE] __aligned(PAGE_SIZE);

	memblock_add(__pa(ram), sizeof(ram));
	memblock_add(RAM, RAM_SIZE);
	memblock_reserve(RAM, RAM_SIZE);
	iotable_init(static_rows, NR_ROWS);
	vm_reserve_area_early(KEPT, PAGES(2), boot);
}

const void *const keeper = boot;

int boot_machine(struct kunit *test)
{
	static bool booted;

	if (!booted)
		boot();
	booted = true;
	host_reset();
	return 0;
}
