/* SPDX-License-Identifier: MIT */
/*
 * The first tables. This code runs with the MMU off, at the physical address where the loader put
 * it, and must not hold an absolute address: it is compiled position-independent, and the build
 * refuses relocations that would break that. Here the address of a symbol is its physical address.
 *
 * Two maps are made. idmap_pg_dir (TTBR0) maps the image and the debug UART at their physical
 * addresses, for the few instructions around the switch. swapper_pg_dir (TTBR1) maps the image
 * where it was linked, page by page, each part with its final permissions. No page is ever both
 * writable and executable.
 *
 * Linux counterpart: arch/arm64/kernel/head.S (create_idmap, create_kernel_mapping),
 * pi/map_kernel.c
 */
#include <asm/barrier.h>
#include <asm/cacheflush.h>
#include <asm/pgtable.h>
#include <kernel/base/early_print.h>
#include <kernel/base/handoff.h>
#include <kernel/base/sections.h>

#define PTRS_PER_TABLE  512
#define NR_EARLY_TABLES 16

struct handoff handoff;
u64 kimage_voffset;

pgd_t swapper_pg_dir[PTRS_PER_PGD] __aligned(PAGE_SIZE);
pgd_t idmap_pg_dir[PTRS_PER_PGD] __aligned(PAGE_SIZE);
static u64 early_tables[NR_EARLY_TABLES][PTRS_PER_TABLE] __aligned(PAGE_SIZE);
static unsigned int nr_early_tables;

void early_map(void);
void early_fault(u64 esr, u64 elr, u64 far);

static void __noreturn early_halt(void)
{
	for (;;)
		wfe();
}

static u64 *new_table(void)
{
	if (nr_early_tables == NR_EARLY_TABLES) {
		early_puts("early_map: the image needs more tables than NR_EARLY_TABLES\n");
		early_halt();
	}
	return early_tables[nr_early_tables++];
}

/* Maps one page and makes missing tables. Tables are reached by physical address. */
static void map_page(pgd_t *pgd, u64 virt, u64 phys, pgprot_t prot)
{
	u64 *table = (u64 *)pgd;
	int shift;

	for (shift = PGDIR_SHIFT; shift > PAGE_SHIFT; shift -= 9) {
		u64 *entry = &table[(virt >> shift) % PTRS_PER_TABLE];

		if (!*entry)
			*entry = __table_entry((u64)new_table());
		table = (u64 *)(*entry & PTE_ADDR_MASK);
	}
	table[(virt >> PAGE_SHIFT) % PTRS_PER_TABLE] = phys | pgprot_val(prot);
}

/* Maps a part of the image at its physical address plus voffset. */
static void map_part(pgd_t *pgd, u64 voffset, const char *start, const char *end, pgprot_t prot)
{
	u64 phys;

	for (phys = (u64)start; phys < (u64)end; phys += PAGE_SIZE)
		map_page(pgd, phys + voffset, phys, prot);
}

static void map_image(pgd_t *pgd, u64 voffset)
{
	map_part(pgd, voffset, _text, _etext, PAGE_KERNEL_ROX);
	map_part(pgd, voffset, __start_rodata, __end_rodata, PAGE_KERNEL_RO);
	map_part(pgd, voffset, __inittext_begin, __inittext_end, PAGE_KERNEL_ROX);
	map_part(pgd, voffset, __initdata_begin, __initdata_end, PAGE_KERNEL);
	map_part(pgd, voffset, _sdata, _end, PAGE_KERNEL);
}

void early_map(void)
{
	early_puts("Mercator\n");
	kimage_voffset = KIMAGE_VADDR - (u64)_text;
	map_image(idmap_pg_dir, 0);
	map_page(idmap_pg_dir, CONFIG_DEBUG_UART, CONFIG_DEBUG_UART, FIXMAP_PAGE_IO);
	map_image(swapper_pg_dir, kimage_voffset);
	/*
	 * bss and the tables in it were written with the cache off, so they are in memory. A cache
	 * line left by the loader would hide them, or overwrite them when it is written back.
	 */
	dcache_inval_poc((unsigned long)__bss_start, (unsigned long)__bss_stop);
}

void early_fault(u64 esr, u64 elr, u64 far)
{
	early_puts("\nMercator: exception before the vectors were in place: esr ");
	early_put_hex(esr);
	early_puts(" elr ");
	early_put_hex(elr);
	early_puts(" far ");
	early_put_hex(far);
	early_puts("\n");
	early_halt();
}
