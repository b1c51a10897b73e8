/* SPDX-License-Identifier: MIT */
/*
 * The vectors page: a copy of what entry.S has, mapped at VECTORS_BASE. Exceptions came to
 * early_vectors until then.
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
	flush_icache_range((unsigned long)vectors_page, (unsigned long)vectors_page + PAGE_SIZE);
	set_pte(pte_offset_kernel(pmd_off_k(VECTORS_BASE), VECTORS_BASE),
		pfn_pte(__pa(vectors_page) >> PAGE_SHIFT, PAGE_KERNEL_ROX));
	flush_cache_vmap(VECTORS_BASE, VECTORS_BASE + PAGE_SIZE);
	set_exception_scratch(exception_scratch[0]);
	write_cp15(read_cp15(CP15_SCTLR) | SCTLR_V, CP15_SCTLR);
	isb();
}
