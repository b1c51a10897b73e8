/* SPDX-License-Identifier: MIT */
/*
 * The checker of mm/check.h notices each kind of damage. Every case breaks one thing, asks, and
 * mends it. In the kernel only.
 */
#include <asm/tlbflush.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/rbtree_augmented.h>
#include <mm/check.h>
#include <mm/dma_pool.h>
#include <mm/gfp.h>
#include <mm/ioremap.h>
#include <mm/page.h>
#include <mm/pagewalk.h>
#include <mm/percpu.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>
#include <mm/zone.h>

#define PAGES       4
#define DEVICE_PHYS 0x10000000ULL /* PCI's window: only mapped */

/* Areas for the cases to spoil, one behind the other. */
static struct {
	char *memory;
	char *device;
	char *percpu;
	char *dma;
	struct vm_struct *memory_vm, *device_vm, *percpu_vm;
} areas;

static int check_test_init(struct kunit *test)
{
	phys_addr_t phys;

	areas.memory = vmalloc(PAGES * PAGE_SIZE);
	areas.dma = dma_alloc_from_pool(PAGES * PAGE_SIZE, &phys, NULL);
	areas.device = (__force char *)ioremap(DEVICE_PHYS, PAGES * PAGE_SIZE);
	areas.percpu = __alloc_percpu(8, 8);
	areas.memory_vm = find_vm_area(areas.memory);
	areas.device_vm = find_vm_area(areas.device);
	areas.percpu_vm = find_vm_area(areas.percpu);
	return areas.memory_vm && areas.device_vm && areas.percpu_vm && areas.dma ? 0 : -1;
}

static void check_test_exit(struct kunit *test)
{
	vfree(areas.memory);
	iounmap((__force void __iomem *)areas.device);
	free_percpu(areas.percpu);
	if (areas.dma)
		dma_free_from_pool(areas.dma);
}

/* The checker says exactly this, while the caller has something broken. */
static void expect_error(struct kunit *test, const char *error)
{
	struct mm_check check = mm_check();

	if (error)
		KUNIT_EXPECT_STREQ(test, check.error ? check.error : "nothing", error);
	else if (check.error)
		KUNIT_FAIL(test, "%s: 0x%lx", check.error, check.addr);
}

/* The same with a value of a variable that is wrong meanwhile. */
#define expect_error_while(test, variable, wrong, error) \
	do {                                             \
		__typeof__(variable) _right = variable;  \
                                                         \
		variable = wrong;                        \
		expect_error(test, error);               \
		variable = _right;                       \
	} while (0)

static void nothing_is_wrong(struct kunit *test)
{
	expect_error(test, NULL);
}

static void list_of_areas(struct kunit *test)
{
	struct vm_struct *vm = areas.memory_vm;
	struct vmap_area *va = &vm->area;

	expect_error_while(test, va->list.prev->next, va->list.next,
			   "the list of areas is not linked both ways");
	expect_error_while(test, va->va_start, va->va_end + PAGE_SIZE,
			   "the areas are out of order");
	expect_error_while(test, vm->size, vm->size - PAGE_SIZE,
			   "an area's record and its place differ");
	expect_error_while(test, vm->addr, NULL, "an area's record and its place differ");
	expect_error_while(test, vmap_area_hint, va + 1,
			   "the hint of the last search is not an area");
	vm->size = 0;
	expect_error_while(test, va->va_end, va->va_start, "an area has no size");
	vm->size = va->va_end - va->va_start;
}

/* A black node more on one way down. */
static struct rb_node *some_red_node(void)
{
	struct vmap_area *va;

	list_for_each_entry(va, &vmap_area_list, list)
		if (rb_is_red(&va->rb_node))
			return &va->rb_node;
	return NULL;
}

static void tree_of_areas(struct kunit *test)
{
	struct vmap_area *va = &areas.memory_vm->area;
	struct rb_node *root = vmap_area_root.rb_node, *red = some_red_node();

	KUNIT_ASSERT_NOT_NULL(test, red);
	expect_error_while(test, red->__rb_parent_color, red->__rb_parent_color | RB_BLACK,
			   "the tree of areas is out of balance");
	expect_error_while(test, root->__rb_parent_color, 0,
			   "a red node of the tree is below a red one, or the root");
	expect_error_while(test, root->__rb_parent_color, (unsigned long)red | RB_BLACK,
			   "a node of the tree has a wrong parent");
	expect_error_while(test, va->subtree_max_gap, va->subtree_max_gap + PAGE_SIZE,
			   "a subtree_max_gap is wrong");
	__list_del_entry(&va->list);
	expect_error(test, vmap_area_hint == va ? "the hint of the last search is not an area"
						: "the tree and the list of areas differ");
	list_add(&va->list, va->list.prev);
}

/* An entry is replaced, and the translation that some processor may have is dropped twice. */
static void expect_error_with_pte(struct kunit *test, const char *addr, pte_t wrong,
				  const char *error)
{
	unsigned long page = (unsigned long)addr;
	pte_t *ptep = kernel_pte(page), right;
	unsigned long flags;

	KUNIT_ASSERT_NOT_NULL(test, ptep);
	local_irq_save(flags); /* an interrupt is counted in this processor's per-CPU area */
	right = *ptep;
	set_pte(ptep, wrong);
	flush_tlb_kernel_range(page, page + PAGE_SIZE);
	expect_error(test, error);
	set_pte(ptep, right);
	flush_tlb_kernel_range(page, page + PAGE_SIZE);
	local_irq_restore(flags);
}

static void pages_and_guards(struct kunit *test)
{
	static const char not_mapped[] = "a page of an area is not mapped";
	static const char guard[] = "a guard page is mapped";
	pte_t memory = *kernel_pte((unsigned long)areas.memory);
	pte_t device = *kernel_pte((unsigned long)areas.device);
	unsigned long size = get_vm_area_size(areas.percpu_vm);

	expect_error_with_pte(test, areas.memory, __pte(0), not_mapped);
	expect_error_with_pte(test, areas.memory + (PAGES - 1) * PAGE_SIZE, __pte(0), not_mapped);
	expect_error_with_pte(test, areas.device + PAGE_SIZE, __pte(0), not_mapped);
	expect_error_with_pte(test, (char *)areas.percpu_vm->addr, __pte(0), not_mapped);
	expect_error_with_pte(test, areas.memory + PAGES * PAGE_SIZE, memory, guard);
	expect_error_with_pte(test, areas.device + PAGES * PAGE_SIZE, device, guard);
	expect_error_with_pte(test, (char *)areas.percpu_vm->addr + size, memory, guard);
}

/* The same rules where modules are. */
static void module_space(struct kunit *test)
{
	char *module = __vmalloc_node_range(PAGE_SIZE, 1, MODULES_VADDR, MODULES_END, GFP_KERNEL,
					    PAGE_KERNEL_ROX, 0, NUMA_NO_NODE, module_space);
	unsigned long addr = (unsigned long)module;

	KUNIT_ASSERT_NOT_NULL(test, module);
	expect_error(test, NULL);
	expect_error_with_pte(test, module, __pte(0), "a page of an area is not mapped");
	expect_error_with_pte(test, module + PAGE_SIZE, *kernel_pte(addr),
			      "a guard page is mapped");
	vfree(module);
}

static void targets_and_memory_types(struct kunit *test)
{
	static const char elsewhere[] = "an address leads elsewhere";
	unsigned long memory = pte_pfn(*kernel_pte((unsigned long)areas.memory));
	unsigned long next = pte_pfn(*kernel_pte((unsigned long)areas.memory + PAGE_SIZE));
	unsigned long device = pte_pfn(*kernel_pte((unsigned long)areas.device));
	pgprot_t io = mem_types[MT_DEVICE].prot_pte, wc = mem_types[MT_DEVICE_WC].prot_pte;
	struct page *page = pfn_to_page(memory);

	expect_error_with_pte(test, areas.memory, pfn_pte(next, PAGE_KERNEL), elsewhere);
	expect_error_with_pte(test, areas.device, pfn_pte(device + 1, io), elsewhere);
	expect_error_with_pte(test, areas.memory, pfn_pte(memory, io),
			      "a page of memory has another memory type");
	expect_error_with_pte(test, areas.memory, pfn_pte(memory, PAGE_USER_RO),
			      "a page of memory has another memory type");
	expect_error_with_pte(test, areas.device, pfn_pte(device, PAGE_USER_RW),
			      "a page of a device has another memory type");
	expect_error_with_pte(test, areas.device + PAGE_SIZE, pfn_pte(device + 1, wc),
			      "a page of a device has another memory type");
	expect_error_while(test, page->state, PAGE_SLAB, "a page of an area is not allocated");
}

static void entries_of_a_dma_area(struct kunit *test)
{
	unsigned long pfn = pte_pfn(*kernel_pte((unsigned long)areas.dma));
	pgprot_t wc = get_mem_type(MT_DEVICE_WC)->prot_pte;
	struct page *page = pfn_to_page(pfn);

	expect_error_with_pte(test, areas.dma, pfn_pte(pfn + 1, wc), "an address leads elsewhere");
	expect_error_with_pte(test, areas.dma, pfn_pte(pfn, get_mem_type(MT_DEVICE)->prot_pte),
			      "a page for DMA has another memory type");
	expect_error_with_pte(test, areas.dma, pfn_pte(pfn, PAGE_KERNEL),
			      "a page for DMA has another memory type");
	expect_error_while(test, page->state, PAGE_USED, "a page for DMA is not the pool's");
}

static void entries_outside_of_areas(struct kunit *test)
{
	char *memory = vmalloc(PAGE_SIZE);
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_TRUE(test, memory && page);
	vfree(memory);
	KUNIT_ASSERT_EQ(test,
			vmap_pages_range((unsigned long)memory, (unsigned long)memory + PAGE_SIZE,
					 PAGE_KERNEL, &page, PAGE_SHIFT),
			0);
	expect_error(test, "an entry is outside of all areas");
	vunmap_range((unsigned long)memory, (unsigned long)memory + PAGE_SIZE);
	__free_page(page);
}

/* A block of at least two pages, so that it has an inside. */
static struct page *some_free_block(unsigned int *order)
{
	struct zone *zone = &zones[ZONE_NORMAL];

	for (*order = 1; *order < MAX_ORDER - 1; ++*order)
		if (!list_empty(&zone->free_area[*order].free_list))
			return list_first_entry(&zone->free_area[*order].free_list, struct page,
						lru);
	return NULL;
}

static void free_blocks(struct kunit *test)
{
	struct zone *zone = &zones[ZONE_NORMAL];
	unsigned int order;
	struct page *page = some_free_block(&order), *buddy;

	KUNIT_ASSERT_NOT_NULL(test, page);
	buddy = pfn_to_page(page_to_pfn(page) ^ (1UL << order));
	expect_error_while(test, page->state, PAGE_USED,
			   "a block on a list of free ones is not free, or another");
	expect_error_while(test, page->order, order - 1,
			   "a block on a list of free ones is not free, or another");
	expect_error_while(test, zone->free_area[order].nr_free, zone->free_area[order].nr_free + 1,
			   "a list of free blocks has another length");
	expect_error_while(test, zone->free_pages, zone->free_pages - 1,
			   "the count of free pages is wrong");
	expect_error_while(test, page[1].state, PAGE_USED, "a page of a free block is in use");
	page = alloc_page(GFP_KERNEL);
	expect_error_while(test, page->state, PAGE_FREE, "a free block is on no list");
	__free_page(page);
	if (buddy->state == PAGE_USED && buddy->order == order)
		expect_error_while(test, buddy->state, PAGE_FREE, "two buddies are free");
}

static void slabs(struct kunit *test)
{
	unsigned long *object = kmalloc(128, GFP_KERNEL), *free = kmalloc(128, GFP_KERNEL);
	struct page *page = virt_to_page(object);

	KUNIT_ASSERT_TRUE(test, object && free);
	kfree(free);
	KUNIT_ASSERT_NOT_NULL(test, page->freelist);
	expect_error_while(test, page->inuse, page->inuse + 1,
			   "a slab has another number of objects in use");
	expect_error_while(test, page->slab_cache, NULL,
			   "a cache's list has a page that is not its slab");
	expect_error_while(test, ((unsigned long *)page->freelist)[1], 0,
			   "a free object was written to");
	kfree(object);
	page = alloc_page(GFP_KERNEL);
	expect_error_while(test, page->state, PAGE_SLAB,
			   "the states of pages and the caches differ");
	__free_page(page);
}

/* The only object of a slab is freed, so that the slab is empty; then it looks used. */
static void empty_slabs(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("check", 512, 0);
	unsigned long *object = cache ? kmem_cache_alloc(cache, GFP_KERNEL) : NULL;
	struct page *page;
	void *first;

	KUNIT_ASSERT_NOT_NULL(test, object);
	page = virt_to_page(object);
	kmem_cache_free(cache, object);
	first = page->freelist;
	page->freelist = *(void **)first; /* one object fewer is free, and one more in use */
	expect_error_while(test, page->inuse, 1, "a cache has another number of empty slabs");
	page->freelist = first;
	expect_error(test, NULL);
	kmem_cache_destroy(cache);
}

static const struct kunit_case check_cases[] = {
	KUNIT_CASE(nothing_is_wrong),      KUNIT_CASE(list_of_areas),
	KUNIT_CASE(tree_of_areas),         KUNIT_CASE(pages_and_guards),
	KUNIT_CASE(module_space),          KUNIT_CASE(targets_and_memory_types),
	KUNIT_CASE(entries_of_a_dma_area), KUNIT_CASE(entries_outside_of_areas),
	KUNIT_CASE(free_blocks),           KUNIT_CASE(slabs),
	KUNIT_CASE(empty_slabs),           {},
};

static const struct kunit_suite check_suite = {
	.name = "check",
	.init = check_test_init,
	.exit = check_test_exit,
	.cases = check_cases,
};
kunit_test_suite(check_suite);
