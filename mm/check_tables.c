/* SPDX-License-Identifier: MIT */
/*
 * Checks that areas and tables agree: each page of each area is mapped, to where its record says
 * and with its memory type, and nothing else of vmalloc space and module space is.
 *
 * The walk meets entries in order of addresses, and the list has the areas in that order, so one
 * pass over both is enough.
 */
#include <asm/mem_type.h>
#include <kernel/lib/macros.h>
#include <mm/address_space.h>
#include <mm/check.h>
#include <mm/page.h>
#include <mm/pagewalk.h>
#include <mm/vmalloc.h>

/* The pass: the next address of the current area that must be mapped. */
struct area_walk {
	struct mm_check *check;
	const struct vm_struct *vm; /* NULL behind the last one */
	unsigned long next;
	const struct mem_type *type; /* ioremap, DMA: of the area's pages so far, or NULL */
};

/* An entry that maps [addr, next). */
struct leaf {
	unsigned long addr, next;
	phys_addr_t phys;
	const pte_t *ptep; /* NULL: a larger leaf, whose memory type is not looked at here */
};

/* An area is in the making, or one of boot's: it need not be mapped completely. */
static bool may_have_holes(const struct vm_struct *vm)
{
	return vm->flags & (VM_UNINITIALIZED | VM_EARLY);
}

static unsigned long mapped_end(const struct vm_struct *vm)
{
	return vm->area.va_start + (vm->size ? get_vm_area_size(vm) : 0);
}

static void begin_area(struct area_walk *walk, const struct list_head *entry)
{
	walk->vm = entry == &vmap_area_list ? NULL : list_entry(entry, struct vm_struct, area.list);
	walk->next = walk->vm ? walk->vm->area.va_start : 0;
	walk->type = NULL;
}

/* Leaves all areas that end at addr or below it: they must have been mapped to their ends. */
static void pass_areas(struct area_walk *walk, unsigned long addr)
{
	while (walk->vm && walk->vm->area.va_end <= addr) {
		if (walk->next < mapped_end(walk->vm) && !may_have_holes(walk->vm))
			mm_check_fail(walk->check, "a page of an area is not mapped", walk->next);
		begin_area(walk, walk->vm->area.list.next);
	}
}

/* The type of ioremap() whose pages look like this one; NULL: there is none. */
static const struct mem_type *io_type_of(pte_t pte)
{
	unsigned int i;

	for (i = 0; i < NR_MEM_TYPES && mem_type_is_io(i); i++)
		if (pte_val(pte) == pte_val(pfn_pte(pte_pfn(pte), mem_types[i].prot_pte)))
			return &mem_types[i];
	return NULL;
}

/*
 * A leaf of ioremap() leads to the device, and all pages have one type. A window that boot has
 * reserved has no target in its record.
 */
static void check_device(struct area_walk *walk, const struct leaf *leaf)
{
	const struct vm_struct *vm = walk->vm;
	const struct mem_type *type;

	if ((vm->phys_addr || !(vm->flags & VM_EARLY)) &&
	    leaf->phys != vm->phys_addr + (leaf->addr - vm->area.va_start))
		mm_check_fail(walk->check, "an address leads elsewhere", leaf->addr);
	if (!leaf->ptep)
		return;
	type = io_type_of(*leaf->ptep);
	if (!type || (walk->type && type != walk->type))
		mm_check_fail(walk->check, "a page of a device has another memory type",
			      leaf->addr);
	walk->type = type;
}

/*
 * Memory that a device reads and writes is mapped like a device, in one way. Its pages are the
 * pool's, which boot has kept from the page allocator.
 */
static void check_dma(struct area_walk *walk, const struct leaf *leaf)
{
	check_device(walk, leaf);
	if (walk->type != get_mem_type(MT_DEVICE_WC))
		mm_check_fail(walk->check, "a page for DMA has another memory type", leaf->addr);
	if (!pfn_valid(PFN_DOWN(leaf->phys)) || phys_to_page(leaf->phys)->state != PAGE_NONE)
		mm_check_fail(walk->check, "a page for DMA is not the pool's", leaf->addr);
}

/* Cached, of the kernel alone, never writable and executable. Modules have all three kinds. */
static bool is_kernel_memory(pte_t pte)
{
	pte_t page = pfn_pte(pte_pfn(pte), PAGE_KERNEL);
	pte_t constants = pfn_pte(pte_pfn(pte), PAGE_KERNEL_RO);
	pte_t code = pfn_pte(pte_pfn(pte), PAGE_KERNEL_ROX);

	return pte_val(pte) == pte_val(page) || pte_val(pte) == pte_val(constants) ||
	       pte_val(pte) == pte_val(code);
}

/* A page of memory is allocated, and the one of the record. */
static void check_memory(struct area_walk *walk, const struct leaf *leaf)
{
	const struct vm_struct *vm = walk->vm;
	unsigned long i = (leaf->addr - vm->area.va_start) >> PAGE_SHIFT;

	if (!pfn_valid(PFN_DOWN(leaf->phys)) || phys_to_page(leaf->phys)->state != PAGE_USED)
		mm_check_fail(walk->check, "a page of an area is not allocated", leaf->addr);
	else if (i < vm->nr_pages && vm->pages[i] != phys_to_page(leaf->phys))
		mm_check_fail(walk->check, "an address leads elsewhere", leaf->addr);
	if (!leaf->ptep || !is_kernel_memory(*leaf->ptep))
		mm_check_fail(walk->check, "a page of memory has another memory type", leaf->addr);
}

static void check_leaf(struct area_walk *walk, const struct leaf *leaf)
{
	const struct vm_struct *vm;

	pass_areas(walk, leaf->addr);
	vm = walk->vm;
	if (!vm || leaf->addr < vm->area.va_start)
		mm_check_fail(walk->check, "an entry is outside of all areas", leaf->addr);
	else if (vm->flags & VM_UNINITIALIZED)
		return;
	else if (leaf->next > mapped_end(vm))
		mm_check_fail(walk->check, "a guard page is mapped", mapped_end(vm));
	else if (leaf->addr != walk->next && !may_have_holes(vm))
		mm_check_fail(walk->check, "a page of an area is not mapped", walk->next);
	else if (vm->flags & VM_IOREMAP)
		check_device(walk, leaf);
	else if (vm->flags & VM_DMA_COHERENT)
		check_dma(walk, leaf);
	else if (!(vm->flags & VM_EARLY))
		check_memory(walk, leaf);
	walk->next = leaf->next;
}

static int large_leaf(struct mm_walk *walk, unsigned long addr, unsigned long next,
		      phys_addr_t phys, unsigned long size)
{
	struct area_walk *areas = walk->private;
	struct leaf leaf = { addr, next, phys + (addr & (size - 1)), NULL };

	check_leaf(areas, &leaf);
	return areas->check->error != NULL;
}

static int check_pud(pud_t *pudp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return pud_leaf(*pudp) ? large_leaf(walk, addr, next, pud_leaf_phys(*pudp), PUD_SIZE) : 0;
}

static int check_pmd(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	if (!pmd_leaf(*pmdp))
		return 0;
	return large_leaf(walk, addr, next, pmd_leaf_phys(*pmdp), pmd_leaf_size(*pmdp));
}

static int check_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	struct area_walk *areas = walk->private;
	struct leaf leaf = { addr, next, PFN_PHYS(pte_pfn(*ptep)), ptep };

	if (!pte_none(*ptep))
		check_leaf(areas, &leaf);
	return areas->check->error != NULL;
}

/* One part of the address space. Under the lock. */
static void check_space(struct mm_check *check, unsigned long start, unsigned long end)
{
	static const struct mm_walk_ops ops = {
		.pud_entry = check_pud,
		.pmd_entry = check_pmd,
		.pte_entry = check_pte,
	};
	struct area_walk walk = { .check = check };

	begin_area(&walk, vmap_area_list.next);
	while (walk.vm && walk.vm->area.va_end <= start)
		begin_area(&walk, walk.vm->area.list.next);
	walk_page_range(&init_mm, start, end, &ops, &walk);
	pass_areas(&walk, end);
}

void check_tables(struct mm_check *check)
{
	spin_lock(&vmap_area_lock);
	check_space(check, MODULES_VADDR, MODULES_END);
	check_space(check, VMALLOC_START, VMALLOC_END);
	spin_unlock(&vmap_area_lock);
}
