/* SPDX-License-Identifier: MIT */
/*
 * Maps the linear map when all of memory is known, and records the kernel image's areas.
 *
 * Its tables come from memblock, from pages that are not mapped yet. So each is filled through a
 * fixmap window. Blocks of 1 GiB and 2 MiB are used wherever both addresses allow.
 *
 * Linux counterpart: arch/arm64/mm/mmu.c, init.c
 */
#include <asm/cacheflush.h>
#include <asm/mem_type.h>
#include <asm/mmu_context.h>
#include <asm/sysreg.h>
#include <asm/tlbflush.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/fixmap.h>
#include <mm/gfp.h>
#include <mm/memblock.h>
#include <mm/mm_init.h>
#include <mm/regions.h>
#include <mm/static_vm.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

_Static_assert(MAIR_VALUE_ASM == MAIR_VALUE, "proc.S and pgtable.h agree on the memory types");

/* How much memory the linear map has room for. */
#define LINEAR_SIZE (PAGE_END - PAGE_OFFSET)

#define MIN_MEMORY SZ_16M

phys_addr_t memstart_addr;
void *high_memory;

/*
 * On arm, `vmalloc=` divides a 4 GiB address space. On arm64 the space is large enough, so the
 * parameter has no effect.
 */
static int __init vmalloc_setup(char *value)
{
	pr_info("vmalloc=%s has no effect: vmalloc space is always %lu GiB\n", value,
		(VMALLOC_END - VMALLOC_START) / SZ_1G);
	return 0;
}
early_param("vmalloc", vmalloc_setup);

void __init arch_trim_memory(void)
{
	phys_addr_limit = BIT_ULL(phys_addr_bits());
	memblock_leave_out(phys_addr_limit, MEMBLOCK_ALLOC_ANYWHERE,
			   "the processor has fewer physical address bits");
}

void __init arch_memblock_init(void)
{
	memblock_trim_memory(PAGE_SIZE); /* only whole pages can be mapped */
	memstart_addr = round_down(memblock_start_of_DRAM(), (phys_addr_t)MEMSTART_ALIGN);
	memblock_leave_out(memstart_addr + LINEAR_SIZE, MEMBLOCK_ALLOC_ANYWHERE,
			   "it is too far from the first to be in the linear map");
	memblock_reserve(__pa(_text), _end - _text);
	if (memblock_phys_mem_size() < MIN_MEMORY)
		panic("too little memory: %llu KiB; give the machine at least %d MiB",
		      memblock_phys_mem_size() / SZ_1K, MIN_MEMORY / SZ_1M);
	high_memory = __va(memblock_end_of_DRAM() - 1) + 1;
	regions_init();
}

/* --- Filling tables through the fixmap --- */

/* A level of the walk: how much one entry covers, and the window that maps its tables. */
struct level {
	unsigned long size;
	enum fixed_addresses window;
};

static const struct level levels[] __initconst = {
	{ PUD_SIZE, FIX_PUD },
	{ PMD_SIZE, FIX_PMD },
	{ PAGE_SIZE, FIX_PTE },
};
#define LAST_LEVEL (&levels[ARRAY_SIZE(levels) - 1])

static phys_addr_t __init new_table(void)
{
	phys_addr_t table = memblock_phys_alloc(PAGE_SIZE, PAGE_SIZE);

	if (!table)
		panic("paging_init: no memory for a table page");
	memset(set_fixmap_offset(FIX_PTE, table), 0, PAGE_SIZE);
	clear_fixmap(FIX_PTE); /* the window is needed for the next table */
	return table;
}

/* Returns the table that *entry points to, and allocates it if the entry is empty. */
static phys_addr_t __init table_below(u64 *entry)
{
	if (!*entry)
		store_descriptor(entry, __table_entry(new_table()));
	return *entry & PTE_ADDR_MASK;
}

static void __init map_level(const struct level *level, phys_addr_t table, unsigned long addr,
			     unsigned long end, phys_addr_t phys, pgprot_t prot)
{
	u64 *entries = set_fixmap_offset(level->window, table);
	unsigned long next;

	for (; addr != end; phys += next - addr, addr = next) {
		u64 *entry = &entries[addr / level->size % PTRS_PER_PTE];

		next = min((addr & ~(level->size - 1)) + level->size, end);
		if (level == LAST_LEVEL)
			store_descriptor(entry, phys | pgprot_val(prot));
		else if (!*entry && next - addr == level->size && IS_ALIGNED(phys, level->size))
			store_descriptor(entry, __block_entry(phys, prot));
		else
			map_level(level + 1, table_below(entry), addr, next, phys, prot);
	}
	clear_fixmap(level->window);
}

void __init map_early_range(unsigned long addr, phys_addr_t phys, unsigned long size, pgprot_t prot)
{
	unsigned long end = addr + size, next;

	for (; addr != end; phys += next - addr, addr = next) {
		pgd_t *pgdp = pgd_offset_pgd(swapper_pg_dir, addr);

		next = min((addr & PGDIR_MASK) + PGDIR_SIZE, end);
		map_level(levels, table_below(&pgd_val(*pgdp)), addr, next, phys, prot);
	}
}

/* --- Static mappings --- */

/* Uses blocks where both addresses and the length allow, as in the linear map. */
void __init create_mapping(const struct map_desc *row)
{
	map_early_range(row->virtual, (phys_addr_t)row->pfn << PAGE_SHIFT, row->length,
			get_mem_type(row->type)->prot_pte);
}

/* A block fills its whole entry, so nothing beside it is unusable. */
void __init fill_pmd_gaps(unsigned long addr, unsigned long end)
{
}

/* --- The linear map --- */

static void __init map_linear(phys_addr_t start, phys_addr_t end, pgprot_t prot)
{
	if (start < end)
		map_early_range((unsigned long)__va(start), start, end - start, prot);
}

/* RAM is writable through the linear map, except for the image's code and read-only data. */
static void __init map_ram(void)
{
	phys_addr_t ro_start = __pa(_text), ro_end = __pa(__end_rodata);
	const struct memblock_region *region;

	for_each_mem_region(region) {
		phys_addr_t start = region->base, end = region->base + region->size;

		if (region->flags & MEMBLOCK_NOMAP)
			continue;
		map_linear(start, min(end, max(start, ro_start)), PAGE_KERNEL);
		map_linear(max(start, ro_start), min(end, ro_end), PAGE_KERNEL_RO);
		map_linear(max(start, ro_end), end, PAGE_KERNEL);
	}
}

/* --- The image's own areas --- */

static void __init declare_segment(struct vm_struct *vm, const char *start, const char *end,
				   unsigned long flags)
{
	vm->addr = (void *)start;
	vm->size = end - start + (flags & VM_NO_GUARD ? 0 : PAGE_SIZE);
	vm->phys_addr = __pa(start);
	vm->flags = VM_MAP | flags;
	vm->caller = paging_init;
	vm_area_add_early(vm);
}

/* early_map() mapped them. The areas tell vmalloc that these addresses are in use. */
static void __init declare_image(void)
{
	static struct vm_struct text, rodata, inittext, initdata, data;

	declare_segment(&text, _text, _etext, VM_NO_GUARD);
	declare_segment(&rodata, __start_rodata, __end_rodata, VM_NO_GUARD);
	declare_segment(&inittext, __inittext_begin, __inittext_end, VM_NO_GUARD);
	declare_segment(&initdata, __initdata_begin, __initdata_end, VM_NO_GUARD);
	declare_segment(&data, _sdata, _end, 0);
}

void __init paging_init(void (*map_io)(void))
{
	map_ram();
	declare_image();
	if (map_io)
		map_io();
	flush_cache_vmap(PAGE_OFFSET, VMALLOC_END); /* the linear map is used from here on */
	switch_mm(&init_mm, &init_mm);              /* TTBR0 leaves the identity map */
	flush_tlb_all(); /* and so does the TLB, or a stray user address still reads RAM */
}

void free_initmem(void)
{
	/* Unmap and flush before the pages are free, or their next owner's data is executable. */
	vunmap_range((unsigned long)__init_begin, (unsigned long)__init_end);
	free_reserved_area(__init_begin, __init_end, -1, "unused kernel image (initmem)");
}
