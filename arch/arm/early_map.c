/* SPDX-License-Identifier: MIT */
/*
 * The first tables. This code runs with the MMU off, at the image's physical address, and must not
 * hold an absolute address: it is compiled position-independent, and the build refuses relocations
 * that would break that. Here the address of a symbol is its physical address.
 *
 * swapper_pg_dir gets the image where it was linked, page by page, each part with its final
 * permissions. No lasting mapping is ever both writable and executable. The rest of the 2 MiB pairs
 * that the image lies in is mapped as ordinary lowmem here, because the other pairs are mapped by
 * sections later. Two sections are mapped at their physical addresses, for the few instructions
 * around the switch: the image's first MiB, and the debug UART's.
 *
 * Linux counterpart: __create_page_tables in arch/arm/kernel/head.S
 */
#include <asm/barrier.h>
#include <asm/cacheflush.h>
#include <asm/pgtable.h>
#include <kernel/base/early_print.h>
#include <kernel/base/handoff.h>
#include <kernel/base/sections.h>

#define NR_EARLY_TABLES ((IMAGE_LIMIT - PAGE_OFFSET) / PMD_SIZE)

struct handoff handoff;
phys_addr_t __pv_phys_offset;

static u32 early_tables[NR_EARLY_TABLES][PAGE_SIZE / sizeof(u32)] __aligned(PAGE_SIZE);
static unsigned int nr_early_tables;

u32 early_map(void);
void early_fault(unsigned int vector, u32 pc);

static void __noreturn early_halt(void)
{
	for (;;)
		wfe();
}

static u32 new_table(void)
{
	if (nr_early_tables == NR_EARLY_TABLES) {
		early_puts("early_map: the image needs more tables than NR_EARLY_TABLES\n");
		early_halt();
	}
	return (u32)early_tables[nr_early_tables++];
}

static void map_page(u32 virt, u32 phys, pgprot_t prot)
{
	pmd_t *pair = swapper_pg_dir[pgd_index(virt)].pmd;
	pte_t *table;

	if (pmd_none(*pair))
		__pmd_populate(pair, new_table(), DOMAIN_KERNEL);
	table = (pte_t *)(unsigned long)(pmd_val(*pair) & PAGE_MASK);
	table[pte_index(virt)] = __pte(phys | pgprot_val(prot));
}

/* Maps physical [start, end) at its lowmem addresses. */
static void map_part(u32 start, u32 end, pgprot_t prot)
{
	u32 phys;

	for (phys = start; phys < end; phys += PAGE_SIZE)
		map_page(phys - (u32)__pv_phys_offset + PAGE_OFFSET, phys, prot);
}

static void map_image(void)
{
	u32 first = (u32)_text & PMD_MASK, last = ((u32)_end + PMD_SIZE - 1) & PMD_MASK;

	map_part(first, (u32)_text, PAGE_KERNEL);
	map_part((u32)_text, (u32)_etext, PAGE_KERNEL_ROX);
	map_part((u32)__start_rodata, (u32)__end_rodata, PAGE_KERNEL_RO);
	map_part((u32)__inittext_begin, (u32)__inittext_end, PAGE_KERNEL_ROX);
	map_part((u32)__initdata_begin, (u32)__initdata_end, PAGE_KERNEL);
	map_part((u32)_sdata, last, PAGE_KERNEL);
}

static void map_identity(u32 phys, u32 prot)
{
	u32 section = phys >> SECTION_SHIFT;

	swapper_pg_dir[section / 2].pmd[section % 2] =
		__pmd(__section_entry(phys & SECTION_MASK, prot));
}

u32 early_map(void)
{
	unsigned int i;

	early_puts("Mercator\n");
	__pv_phys_offset = (u32)_text - TEXT_OFFSET;
	for (i = 0; i < PTRS_PER_PGD; i++)
		swapper_pg_dir[i].pmd[0] = swapper_pg_dir[i].pmd[1] = __pmd(0);
	map_image();
	map_identity((u32)_text, PROT_SECT_NORMAL | PMD_SECT_APX);
	map_identity(CONFIG_DEBUG_UART, PROT_SECT_DEVICE);
	/*
	 * The moved image, bss and the tables were written with the cache off, so they are in
	 * memory. A cache line left by the loader would hide them, or overwrite them when it is
	 * written back.
	 */
	dcache_inval_poc((unsigned long)swapper_pg_dir, (unsigned long)_end);
	return (u32)swapper_pg_dir;
}

void early_fault(unsigned int vector, u32 pc)
{
	early_puts("\nMercator: exception before the vectors were in place: vector ");
	early_put_hex(vector);
	early_puts(" near pc ");
	early_put_hex(pc);
	early_puts("\n");
	early_halt();
}
