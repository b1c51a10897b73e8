/* SPDX-License-Identifier: MIT */
/* Gives out address space numbers, lowest first. Linux counterpart: see asid.h */
#include <asm/tlbflush.h>
#include <kernel/base/spinlock.h>
#include <mm/asid.h>

static u64 generation = NUM_ASIDS;
static unsigned int next_asid = 1;
static DEFINE_SPINLOCK(asid_lock);

bool asid_is_current(u64 id)
{
	return (id & ~(u64)(NUM_ASIDS - 1)) == generation;
}

unsigned int asid_get(u64 *id)
{
	unsigned long flags;

	spin_lock_irqsave(&asid_lock, flags);
	if (!asid_is_current(*id)) {
		if (next_asid == NUM_ASIDS) {
			generation += NUM_ASIDS;
			next_asid = 1;
			/* Or the number's next owner hits translations of the one before. */
			flush_tlb_all();
		}
		*id = generation | next_asid++;
	}
	spin_unlock_irqrestore(&asid_lock, flags);
	return ASID(*id);
}
