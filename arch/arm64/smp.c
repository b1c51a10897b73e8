/* SPDX-License-Identifier: MIT */
/*
 * What a further processor needs from the architecture before the kernel's own code: where it
 * enters (secondary.S), and its way out of the identity map, which boot made and which is still
 * there.
 *
 * Linux counterpart: arch/arm64/kernel/smp.c
 */
#include <asm/memory.h>
#include <asm/mmu_context.h>
#include <asm/tlbflush.h>
#include <asm/traps.h>
#include <kernel/base/init.h>
#include <kernel/smp.h>
#include <mm/address_space.h>

void secondary_entry(void);

phys_addr_t __init begin_secondary_boot(void)
{
	return __pa(secondary_entry);
}

void __init end_secondary_boot(void)
{
}

void secondary_arch_init(void)
{
	trap_cpu_init();
	switch_mm(&init_mm, &init_mm); /* TTBR0 leaves the identity map */
	flush_tlb_all(); /* and so does the TLB, or a stray user address still reads RAM */
}
