/* SPDX-License-Identifier: MIT */
/*
 * Copies the vectors of entry.S to a page and maps it at VECTORS_BASE. Until then exceptions go to
 * early_vectors.
 *
 * Linux counterpart: early_trap_init() in arch/arm/kernel/traps.c
 */
#include <asm/cacheflush.h>
#include <asm/sysreg.h>
#include <asm/traps.h>
#include <kernel/base/init.h>
#include <kernel/lib/string.h>
#include <mm/pgalloc.h>

void set_exception_scratch(u32 *scratch);
extern char vectors_start[], vectors_end[];

static u32 exception_scratch[3][4];
static u8 vectors_page[PAGE_SIZE] __aligned(PAGE_SIZE);

void __init trap_init(void)
{
	memcpy(vectors_page, vectors_start, vectors_end - vectors_start);
	/* The copy is data until now: a fetch would miss what is only in the data cache. */
	flush_icache_range((unsigned long)vectors_page, (unsigned long)vectors_page + PAGE_SIZE);
	set_pte(pte_offset_kernel(pmd_off_k(VECTORS_BASE), VECTORS_BASE),
		pfn_pte(__pa(vectors_page) >> PAGE_SHIFT, PAGE_KERNEL_ROX));
	/* Before SCTLR.V: an exception through an unmapped vector would fault without end. */
	flush_cache_vmap(VECTORS_BASE, VECTORS_BASE + PAGE_SIZE);
	set_exception_scratch(exception_scratch[0]);
	write_cp15(read_cp15(CP15_SCTLR) | SCTLR_V, CP15_SCTLR);
	isb(); /* or the next exception may still go to early_vectors, and stop the boot */
}
