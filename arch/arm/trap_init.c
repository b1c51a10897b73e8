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
#include <kernel/base/percpu.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/pgalloc.h>

void set_exception_scratch(u32 *scratch);
extern char vectors_start[], vectors_end[];

/* What exception entry uses on each processor. entry.S finds the stack behind the scratch. */
struct exception_area {
	u32 scratch[3][4] __aligned(SCRATCH_ALIGN);
	u8 overflow_stack[OVERFLOW_STACK_SIZE] __aligned(SCRATCH_ALIGN);
};
_Static_assert(offsetof(struct exception_area, overflow_stack) == SCRATCH_ALIGN, "entry.S");

static DEFINE_PER_CPU(struct exception_area, exception_area);
static u8 vectors_page[PAGE_SIZE] __aligned(PAGE_SIZE);

/* Before SCTLR.V: an exception through an unmapped vector would fault without end. */
void trap_cpu_init(void)
{
	set_exception_scratch(this_cpu_ptr(&exception_area)->scratch[0]);
	write_cp15(read_cp15(CP15_SCTLR) | SCTLR_V, CP15_SCTLR);
	isb(); /* or the next exception may still go to early_vectors, and stop the boot */
}

void __init trap_init(void)
{
	memcpy(vectors_page, vectors_start, vectors_end - vectors_start);
	/* The copy is data until now: a fetch would miss what is only in the data cache. */
	flush_icache_range((unsigned long)vectors_page, (unsigned long)vectors_page + PAGE_SIZE);
	set_pte(pte_offset_kernel(pmd_off_k(VECTORS_BASE), VECTORS_BASE),
		pfn_pte(__pa(vectors_page) >> PAGE_SHIFT, PAGE_KERNEL_ROX));
	flush_cache_vmap(VECTORS_BASE, VECTORS_BASE + PAGE_SIZE); /* the vectors are in use next */
	trap_cpu_init();
}
