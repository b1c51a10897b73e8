/* SPDX-License-Identifier: MIT */
/*
 * Maps lowmem: RAM at a constant offset, by pairs of 1 MiB sections, so its mapping costs no table.
 * A pair that RAM fills only in part is mapped by pages. So are the pairs that the kernel image
 * lies in, since early_map().
 *
 * The kernel's gigabyte holds lowmem, a hole and vmalloc space. vmalloc space ends at a fixed
 * address and has the size that `vmalloc=` asks for. Lowmem ends below it, or earlier when there is
 * less RAM; then vmalloc space grows down to it. RAM above lowmem is high memory (mm/highmem.h).
 *
 * Linux counterpart: arch/arm/mm/mmu.c, init.c
 */
#include <asm/cacheflush.h>
#include <asm/mem_type.h>
#include <asm/tlbflush.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/gfp.h>
#include <mm/highmem.h>
#include <mm/memblock.h>
#include <mm/mm_init.h>
#include <mm/pagewalk.h>
#include <mm/pgalloc.h>
#include <mm/regions.h>
#include <mm/static_vm.h>
#include <mm/vmap_range.h>

#define MIN_MEMORY  SZ_16M
#define MIN_LOWMEM  SZ_128M /* for the kernel, mem_map, and the reserve */
#define MIN_VMALLOC SZ_16M
#define PHYS_LIMIT  0x100000000ULL

_Static_assert(DACR_VALUE == 0x15, "proc.S loads the same domains");

void *high_memory;

static u64 vmalloc_size __initdata = VMALLOC_DEFAULT_SIZE;

static int __init vmalloc_setup(char *value)
{
	char *end;
	u64 size = memparse(value, &end);

	if (end == value || *end)
		return -EINVAL;
	vmalloc_size = size;
	return 0;
}
early_param("vmalloc", vmalloc_setup);

static u64 __init clamp_vmalloc_size(u64 size)
{
	u64 least = MIN_VMALLOC, most = LOWMEM_MAX - MIN_LOWMEM;

	if (size < least)
		pr_warn("vmalloc=: area is too small, limited to %lluMiB\n", least >> 20);
	else if (size > most)
		pr_warn("vmalloc=: area is too big, limited to %lluMiB\n", most >> 20);
	return clamp(size, least, most);
}

/* The highest physical end that lowmem can have. */
static phys_addr_t __init lowmem_limit(void)
{
	return PHYS_OFFSET + round_down(LOWMEM_MAX - clamp_vmalloc_size(vmalloc_size), PMD_SIZE);
}

/* The physical end of lowmem: of the last RAM below the limit. */
static phys_addr_t __init lowmem_end(phys_addr_t limit)
{
	const struct memblock_region *region;
	phys_addr_t end = 0;

	for_each_mem_region(region)
		if (region->base < limit)
			end = min(region->base + region->size, limit);
	return end;
}

void __init arch_trim_memory(void)
{
	memblock_leave_out(PHYS_LIMIT, MEMBLOCK_ALLOC_ANYWHERE,
			   "physical addresses from 4 GiB up do not fit a page descriptor");
}

void __init arch_memblock_init(void)
{
	memblock_leave_out(0, PHYS_OFFSET,
			   "the kernel was loaded above it, and lowmem begins at the kernel");
	memblock_trim_memory(PAGE_SIZE); /* the map is made of whole pages */
	memblock_reserve(__pa(swapper_pg_dir), PGD_TABLE_SIZE);
	memblock_reserve(__pa(_text), _end - _text);
	if (memblock_phys_mem_size() < MIN_MEMORY)
		panic("too little memory: %llu KiB; give the machine at least %d MiB",
		      memblock_phys_mem_size() >> 10, MIN_MEMORY / SZ_1M);
	high_memory = __va(lowmem_end(lowmem_limit()) - 1) + 1;
	regions_init();
}

/* --- Lowmem --- */

/*
 * early_map() mapped every page of the pairs that the image lies in, before any memory was known.
 * Pages that memblock does not have, or has as no-map, are unmapped here. Otherwise the same page
 * could be mapped as device memory in one place and as cached memory in another.
 */
static void __init unmap_holes_beside_image(void)
{
	unsigned long start = (unsigned long)_text & PMD_MASK;
	unsigned long end = round_up((unsigned long)_end, PMD_SIZE), addr;

	for (addr = start; addr < end; addr += PAGE_SIZE)
		if (!memblock_is_map_memory(__pa(addr)))
			vunmap_range_noflush(addr, addr + PAGE_SIZE);
	flush_tlb_kernel_range(start, end); /* before any other mapping of those pages */
}

/* What lowmem shows of a region: [start, end), and in it the whole pairs, [first, last). */
struct part {
	phys_addr_t start, first, last, end;
};

static struct part __init part_of(const struct memblock_region *region)
{
	phys_addr_t top = __pa(high_memory - 1) + 1;
	struct part part = {};

	if (region->base < top && !(region->flags & MEMBLOCK_NOMAP)) {
		part.start = region->base;
		part.end = min(region->base + region->size, top);
		part.first = min(round_up(part.start, PMD_SIZE), part.end);
		part.last = max(round_down(part.end, PMD_SIZE), part.first);
	}
	return part;
}

static void __init map_pairs(phys_addr_t phys, phys_addr_t end)
{
	for (; phys < end; phys += PMD_SIZE) {
		pmd_t *pair = pmd_off_k((unsigned long)__va(phys));

		if (!pmd_none(*pair)) /* the image's own: early_map() filled it */
			continue;
		set_pmd(&pair[0], __pmd(__section_entry(phys, PROT_SECT_LOWMEM)));
		set_pmd(&pair[1], __pmd(__section_entry(phys + SECTION_SIZE, PROT_SECT_LOWMEM)));
	}
}

/*
 * A table page for a pair that is not whole. It is filled through lowmem, so it must lie in a whole
 * pair, which is mapped already.
 */
static void *__init alloc_lowmem_table(void)
{
	const struct memblock_region *region;
	phys_addr_t table = 0;

	for_each_mem_region(region) {
		struct part part = part_of(region);

		if (!table && part.first < part.last)
			table = memblock_phys_alloc_range(PAGE_SIZE, PAGE_SIZE, part.first,
							  part.last);
	}
	if (!table)
		panic("paging_init: no memory for a table page");
	return memset(__va(table), 0, PAGE_SIZE);
}

static void __init map_pages(phys_addr_t phys, phys_addr_t end)
{
	for (; phys < end; phys += PAGE_SIZE) {
		unsigned long addr = (unsigned long)__va(phys);
		pmd_t *pair = pmd_off_k(addr);
		pte_t *ptep;

		if (pmd_none(*pair))
			pmd_populate_kernel(pair, alloc_lowmem_table());
		ptep = pte_offset_kernel(pair, addr);
		if (pte_none(*ptep)) /* the image's own pages keep their permissions */
			set_pte(ptep, pfn_pte(phys >> PAGE_SHIFT, PAGE_KERNEL));
	}
}

/* Sections first, because the tables for the rest lie in memory that they map. */
static void __init map_lowmem(void)
{
	const struct memblock_region *region;
	struct part part;

	unmap_holes_beside_image();
	for_each_mem_region(region) {
		part = part_of(region);
		map_pairs(part.first, part.last);
	}
	for_each_mem_region(region) {
		part = part_of(region);
		map_pages(part.start, part.first);
		map_pages(part.last, part.end);
	}
	flush_cache_vmap(PAGE_OFFSET, (unsigned long)high_memory); /* memblock hands it out now */
}

static void __init clear_user_half(void)
{
	unsigned long addr;

	for (addr = 0; addr < MODULES_VADDR; addr += PMD_SIZE)
		pmd_clear(pmd_off_k(addr));
	flush_tlb_all(); /* or a stray user access still reaches RAM through boot's identity map */
}

/*
 * Every address space has a copy of the first-level entries of module space. So that these never
 * change, the tables are there before any module is, and before the second address space.
 */
static void __init make_module_tables(void)
{
	unsigned long addr;
	void *table;

	for (addr = MODULES_VADDR; addr < MODULES_END; addr += PMD_SIZE) {
		table = memblock_alloc(PAGE_SIZE, PAGE_SIZE);
		if (!table)
			panic("paging_init: no memory for the tables of module space");
		pmd_populate_kernel(pmd_off_k(addr), table);
	}
	flush_cache_vmap(MODULES_VADDR, MODULES_END); /* walks find the tables from here on */
}

/*
 * Keeps the addresses of the I/O ports for the host bridge, which maps its window there when it is
 * found. Otherwise ioremap() could hand them out first. arm64 has them outside vmalloc space.
 */
static void __init pci_reserve_io(void)
{
	vm_reserve_area_early(PCI_IO_START, PCI_IO_END - PCI_IO_START, pci_reserve_io);
}

void __init paging_init(void (*map_io)(void))
{
	map_lowmem();
	clear_user_half();
	memblock_set_current_limit(__pa(high_memory - 1) + 1);
	kmap_init();
	make_module_tables();
	pci_reserve_io(); /* before map_io: a row that meets it is refused by name */
	if (map_io)
		map_io();
}

/*
 * The pages stay mapped, as ordinary lowmem. Code becomes writable. It is unmapped and flushed
 * first (break before make): two translations of one page, one executable and one writable, never
 * coexist.
 */
void free_initmem(void)
{
	unsigned long addr;

	for (addr = (unsigned long)__inittext_begin; addr < (unsigned long)__inittext_end;
	     addr += PAGE_SIZE) {
		pte_t *ptep = kernel_pte(addr);

		pte_clear(ptep);
		flush_tlb_kernel_range(addr, addr + PAGE_SIZE); /* page by page: boot runs once */
		set_pte(ptep, pfn_pte(__pa(addr) >> PAGE_SHIFT, PAGE_KERNEL));
	}
	/* Before the pages are free: their next owner writes to them at once. */
	flush_cache_vmap((unsigned long)__init_begin, (unsigned long)__init_end);
	free_reserved_area(__init_begin, __init_end, -1, "unused kernel image (initmem)");
}
