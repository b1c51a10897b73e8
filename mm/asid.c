/* SPDX-License-Identifier: MIT */
/*
 * Gives out address space numbers, lowest first.
 *
 * Each processor tells whose number it runs with. A new generation keeps these numbers for their
 * address spaces, because a processor that runs on goes on filling its TLB under its number, behind
 * the flush. All other numbers are free again.
 *
 * Linux counterpart: see asid.h
 */
#include <asm/tlbflush.h>
#include <kernel/base/smp.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/string.h>
#include <mm/asid.h>

/* Guards everything below, and the id of every address space. */
static DEFINE_SPINLOCK(asid_lock);
static u64 generation = NUM_ASIDS;
static unsigned int next_asid = 1;
static bool kept[NUM_ASIDS];             /* from before this generation */
static DEFINE_PER_CPU(u64 *, active_id); /* NULL: no user address space runs there */

static bool is_current(u64 id)
{
	return (id & ~(u64)(NUM_ASIDS - 1)) == generation;
}

bool asid_is_current(const u64 *id)
{
	unsigned long flags;
	bool current_one;

	/* Locked: a new generation may change the id of an address space that runs elsewhere. */
	spin_lock_irqsave(&asid_lock, flags);
	current_one = is_current(*id);
	spin_unlock_irqrestore(&asid_lock, flags);
	return current_one;
}

/* The id that this processor is about to leave is not kept. */
static void begin_generation(void)
{
	unsigned int cpu;

	this_cpu_write(active_id, NULL);
	generation += NUM_ASIDS;
	next_asid = 1;
	memset(kept, 0, sizeof(kept));
	for_each_online_cpu(cpu) {
		u64 *id = per_cpu(active_id, cpu);

		if (id) {
			*id = generation | ASID(*id);
			kept[ASID(*id)] = true;
		}
	}
	/* Or the number's next owner hits translations of the one before. */
	flush_tlb_all();
}

static unsigned int take_number(void)
{
	for (;;) {
		while (next_asid < NUM_ASIDS && kept[next_asid])
			next_asid++;
		if (next_asid < NUM_ASIDS)
			return next_asid++;
		begin_generation();
	}
}

unsigned int asid_get(u64 *id)
{
	unsigned long flags;

	spin_lock_irqsave(&asid_lock, flags);
	if (!is_current(*id)) {
		unsigned int asid = take_number(); /* may begin a generation */

		*id = generation | asid;
	}
	this_cpu_write(active_id, id);
	spin_unlock_irqrestore(&asid_lock, flags);
	return ASID(*id);
}

void asid_put(void)
{
	unsigned long flags;

	spin_lock_irqsave(&asid_lock, flags);
	this_cpu_write(active_id, NULL);
	spin_unlock_irqrestore(&asid_lock, flags);
}
