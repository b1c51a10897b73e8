/* SPDX-License-Identifier: MIT */
/*
 * What a further processor needs from the architecture before the kernel's own code: where it
 * enters (secondary.S), and an identity map while it turns its MMU on.
 *
 * Linux counterpart: arch/arm/kernel/smp.c, arch/arm/mm/idmap.c (there a table of its own)
 */
#include <asm/cacheflush.h>
#include <asm/memory.h>
#include <asm/tlbflush.h>
#include <asm/traps.h>
#include <kernel/base/init.h>
#include <kernel/base/sections.h>
#include <kernel/smp.h>
#include <mm/pgalloc.h>

void secondary_entry(void);

/* The entry of the image's first MiB at its physical address, which is in the user's half. */
static pmd_t *__init identity_entry(void)
{
	unsigned long text = __pa(_text);

	return pmd_off_k(text) + text / SECTION_SIZE % 2;
}

phys_addr_t __init begin_secondary_boot(void)
{
	phys_addr_t text = __pa(_text) & SECTION_MASK;

	set_pmd(identity_entry(), __pmd(__section_entry(text, PROT_SECT_NORMAL | PMD_SECT_APX)));
	flush_cache_vmap(text, text + SECTION_SIZE); /* another processor walks there next */
	return __pa(secondary_entry);
}

void __init end_secondary_boot(void)
{
	pmd_clear(identity_entry());
	flush_tlb_all(); /* or a stray user address still reads RAM, on any processor */
}

void secondary_arch_init(void)
{
	trap_cpu_init();
}
