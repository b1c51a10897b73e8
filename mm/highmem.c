/* SPDX-License-Identifier: MIT */
/*
 * Maps pages of high memory for a short time, in a window with one page table.
 *
 * Boot enters the table in init_mm, so every address space has it, and no later mapping needs
 * memory. An entry of the table is a slot. Its record names the page that it maps and counts the
 * users.
 *
 * Invariants, under kmap_lock: a slot has users exactly when its entry is valid, and then its
 * page's page->virtual is its address. The last user's kunmap() clears the entry and flushes the
 * TLB before the slot is free. So a slot never leads to its former page, on any processor.
 *
 * Linux counterpart: mm/highmem.c. There an unused slot stays mapped until the window is full, and
 * all are flushed at once. kmap() sleeps when the window is full. kmap_local_page() has fixmap
 * slots of its own.
 */
#include <asm/cacheflush.h>
#include <asm/tlbflush.h>
#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/spinlock.h>
#include <mm/highmem.h>
#include <mm/memblock.h>
#include <mm/pgalloc.h>

#define LAST_PKMAP (PKMAP_SIZE / PAGE_SIZE)

/* Slots reserved for kmap_local_page(), which may not fail and uses them for a few lines only. */
#define NR_LOCAL_SLOTS 32

struct kmap_slot {
	struct page *page;
	unsigned int users;
};

static DEFINE_SPINLOCK(kmap_lock);
static struct kmap_slot *slots; /* LAST_PKMAP of them */
static unsigned int nr_used;
static unsigned int next_slot; /* where the next search for a free slot starts */

static unsigned long slot_to_virt(const struct kmap_slot *slot)
{
	return PKMAP_BASE + (slot - slots) * PAGE_SIZE;
}

static struct kmap_slot *virt_to_slot(const void *addr)
{
	return slots + (((unsigned long)addr - PKMAP_BASE) >> PAGE_SHIFT);
}

static pte_t *window_pte(unsigned long addr)
{
	return pte_offset_kernel(pmd_off_k(addr), addr);
}

void __init kmap_init(void)
{
	void *table = memblock_alloc(PAGE_SIZE, PAGE_SIZE);

	slots = memblock_alloc(LAST_PKMAP * sizeof(*slots), 0);
	if (!table || !slots)
		panic("kmap_init: no memory for the window's table and slots");
	pmd_populate_kernel(pmd_off_k(PKMAP_BASE), table);
}

/* Returns a slot without users. There is one, because nr_used is below LAST_PKMAP. */
static struct kmap_slot *find_free_slot(void)
{
	do
		next_slot = next_slot + 1 < LAST_PKMAP ? next_slot + 1 : 0;
	while (slots[next_slot].users);
	return &slots[next_slot];
}

static void map_slot(struct kmap_slot *slot, struct page *page)
{
	unsigned long addr = slot_to_virt(slot);

	slot->page = page;
	page->virtual = (void *)addr;
	nr_used++;
	set_pte(window_pte(addr), pfn_pte(page_to_pfn(page), PAGE_KERNEL));
	flush_cache_vmap(addr, addr + PAGE_SIZE); /* or the caller's first access may fault */
}

static void unmap_slot(struct kmap_slot *slot)
{
	unsigned long addr = slot_to_virt(slot);

	/* Linux keeps the entry until the window is full, and flushes then. */
	flush_cache_vunmap(addr, addr + PAGE_SIZE);
	pte_clear(window_pte(addr));
	flush_tlb_kernel_range(addr, addr + PAGE_SIZE); /* or the next page of the slot is missed */
	slot->page->virtual = NULL;
	nr_used--;
}

/* Adds a user of page. NULL when page is not mapped yet and no more than keep slots are free. */
static void *get_slot(struct page *page, unsigned int keep)
{
	unsigned long flags;
	void *addr;

	spin_lock_irqsave(&kmap_lock, flags);
	if (!page->virtual && nr_used + keep < LAST_PKMAP)
		map_slot(find_free_slot(), page);
	addr = page->virtual;
	if (addr)
		virt_to_slot(addr)->users++;
	spin_unlock_irqrestore(&kmap_lock, flags);
	return addr;
}

void *__kmap_high(struct page *page)
{
	return get_slot(page, NR_LOCAL_SLOTS);
}

void *__kmap_local_high(struct page *page)
{
	void *addr = get_slot(page, 0);

	BUG_ON(!addr); /* more than NR_LOCAL_SLOTS at once: a user slept */
	return addr;
}

void __kunmap_high(const void *addr)
{
	struct kmap_slot *slot = virt_to_slot(addr);
	unsigned long flags;

	if (WARN(!addr, "kunmap of a page that is not mapped"))
		return;
	spin_lock_irqsave(&kmap_lock, flags);
	BUG_ON(!slot->users);
	if (!--slot->users)
		unmap_slot(slot);
	spin_unlock_irqrestore(&kmap_lock, flags);
}
