/* SPDX-License-Identifier: MIT */
/*
 * Lowmem: RAM at a constant offset, by sections of 1 MiB in pairs, so its mapping costs no table.
 * The pairs that the kernel image lies in were mapped by pages in early_map().
 *
 * Linux counterpart: arch/arm/mm/mmu.c, init.c
 */
#include <asm/cacheflush.h>
#include <asm/mem_type.h>
#include <asm/tlbflush.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <mm/address_space.h>
#include <mm/memblock.h>
#include <mm/mm_init.h>
#include <mm/pgalloc.h>
#include <mm/static_vm.h>
#include <mm/vmap_range.h>

#define MIN_MEMORY SZ_16M
#define PHYS_LIMIT 0x100000000ULL

_Static_assert(DACR_VALUE == 0x15, "head.S loads the same domains");

/* The physical end of what lowmem can hold: below the smallest vmalloc space and its hole. */
static phys_addr_t __init lowmem_limit(void)
{
	return PHYS_OFFSET + (VMALLOC_END - VMALLOC_DEFAULT_SIZE - VMALLOC_OFFSET - PAGE_OFFSET);
}

/* Leaves out the memory from limit up, and says so. */
static void __init trim_above(phys_addr_t limit, const char *why)
{
	phys_addr_t end = memblock_end_of_DRAM();

	if (end <= limit)
		return;
	pr_warn("Memory 0x%llx-0x%llx left out: %s\n", max(limit, memblock_start_of_DRAM()),
		end - 1, why);
	memblock_remove(limit, MEMBLOCK_ALLOC_ANYWHERE - limit);
}

void __init arch_memblock_init(void)
{
	trim_above(PHYS_LIMIT, "physical addresses from 4 GiB up do not fit a page descriptor");
	trim_above(lowmem_limit(), "it lies above lowmem");
	memblock_remove(0, PHYS_OFFSET);
	memblock_trim_memory(PMD_SIZE);
	memblock_reserve(__pa(swapper_pg_dir), PGD_TABLE_SIZE);
	memblock_reserve(__pa(_text), _end - _text);
	if (memblock_phys_mem_size() < MIN_MEMORY)
		panic("too little memory: %llu KiB; give the machine at least %d MiB",
		      memblock_phys_mem_size() >> 10, MIN_MEMORY / SZ_1M);
	high_memory = __va(memblock_end_of_DRAM() - 1) + 1;
}

static void __init map_lowmem(void)
{
	const struct memblock_region *region;
	phys_addr_t phys;

	for_each_mem_region(region) {
		for (phys = region->base; phys < region->base + region->size; phys += PMD_SIZE) {
			pmd_t *pair = pmd_off_k((unsigned long)__va(phys));

			if (!pmd_none(*pair))
				continue;
			set_pmd(&pair[0], __pmd(__section_entry(phys, PROT_SECT_LOWMEM)));
			set_pmd(&pair[1],
				__pmd(__section_entry(phys + SECTION_SIZE, PROT_SECT_LOWMEM)));
		}
	}
	flush_cache_vmap(PAGE_OFFSET, (unsigned long)high_memory);
}

static void __init clear_user_half(void)
{
	unsigned long addr;

	for (addr = 0; addr < MODULES_VADDR; addr += PMD_SIZE)
		pmd_clear(pmd_off_k(addr));
	flush_tlb_all();
}

void __init paging_init(void (*map_io)(void))
{
	map_lowmem();
	clear_user_half();
	memblock_set_current_limit(__pa(high_memory - 1) + 1);
	if (map_io)
		map_io();
}

void __init arch_layout_show(void)
{
	layout_row("vector", VECTORS_BASE, VECTORS_BASE + PAGE_SIZE);
	layout_row("fixmap", FIXADDR_START, FIXADDR_END);
	layout_row("fdt", FDT_FIXED_BASE, FDT_FIXED_BASE + FDT_FIXED_SIZE);
	layout_row("vmalloc", VMALLOC_START, VMALLOC_END);
	layout_row("lowmem", PAGE_OFFSET, (unsigned long)high_memory);
	layout_row("pkmap", PKMAP_BASE, PAGE_OFFSET);
	layout_row("modules", MODULES_VADDR, MODULES_END);
}

/*
 * The pages are lowmem and go on being used as such, where they are: what was code becomes
 * writable, and stops being executable first (break before make).
 */
void arch_unmap_init_memory(void)
{
	unsigned long addr;

	for (addr = (unsigned long)__inittext_begin; addr < (unsigned long)__inittext_end;
	     addr += PAGE_SIZE) {
		pte_t *ptep = kernel_pte(addr);

		pte_clear(ptep);
		flush_tlb_kernel_range(addr, addr + PAGE_SIZE);
		set_pte(ptep, pfn_pte(__pa(addr) >> PAGE_SHIFT, PAGE_KERNEL));
	}
	flush_cache_vmap((unsigned long)__init_begin, (unsigned long)__init_end);
}
