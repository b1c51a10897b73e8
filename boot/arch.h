/* SPDX-License-Identifier: MIT */
/*
 * The architecture contract: all that generic code asks of an architecture. A new one brings the
 * headers and the functions that are listed here, and nothing else in the tree changes but a row in
 * a test or two. Each function is described where it is declared, in the header that is included
 * below its names.
 *
 * A test compares this list with what the linker sees, on both architectures.
 *
 * Linux has no such list. Its nearest relative is Documentation/core-api/asm-annotations.rst beside
 * include/asm-generic.
 */
#pragma once

/*
 * --- The ground floor, arch/<name>/include/asm/ ---
 *
 * Formats and constants, which a host program can use as well: pgtable.h, memlayout.h, memory.h,
 * fixmap.h, mem_type.h, fields.def, elf.h, module.h, unistd.h, syscalls.def, mmu_context_types.h
 *
 * Single instructions, which a host build replaces: barrier.h, cacheflush.h, tlbflush.h, io.h,
 * irqflags.h, current.h, percpu.h, processor.h, sysreg.h, timex.h, arch_timer.h, arch_gicv3.h,
 * pmu.h
 *
 * What an exception, a switch or a boot loader leaves behind: ptrace.h, stacktrace.h, handoff.h,
 * mmu_context.h, fpu.h, linkage.h
 *
 * arch/include/asm/ has those that are the same everywhere: extable.h, pio.h, semihosting.h,
 * smccc.h, traps.h, uaccess.h
 */

/* --- From reset to C: head.S, hyp.S, early_map.c, early_vectors.S, cpu.c --- */

/* handoff: written by head.S and early_map(), before any other C runs */
#include <kernel/base/handoff.h>
/* cpu_show() cpu_hwid() */
#include <kernel/base/cpu.h>
/* trap_init() */
#include <asm/traps.h>

/* --- Page tables and memory: mmu.c, mem_types.c, regions.c, clear_page.S --- */

/* paging_init() create_mapping() arch_trim_memory() arch_memblock_init() free_initmem() */
#include <mm/mm_init.h>
/* fill_pmd_gaps() */
#include <mm/static_vm.h>
/* high_memory */
#include <mm/highmem.h>
/* clear_page() */
#include <mm/page.h>
/* mem_types */
#include <asm/mem_type.h>
/* regions */
#include <mm/regions.h>

/* --- The subject: fixmap.c, ioremap.c, ptdump.c, fault.c --- */

/* early_fixmap_init() __set_fixmap() fixmap_remap_fdt() */
#include <mm/fixmap.h>
/* leaf_types arch_ioremap_refusal() */
#include <mm/ioremap.h>
/* ptdump_fields() ptdump_table_fields() ptdump_table_phys() ptdump_prefix() ptdump_split() */
#include <mm/ptdump.h>
/* ask_processor() */
#include <mm/ptwalk.h>

/* --- Address spaces and tasks: context.c, process.c, switch_to.c, switch.S, signal.c, fpu.c --- */

/* pgd_alloc() pgd_free() arch_sync_kernel_mappings() */
#include <mm/pgalloc.h>
/* init_new_context() destroy_context() switch_mm() flush_tlb_mm() */
#include <asm/mmu_context.h>
/*
 * copy_thread_kernel() copy_thread_user() copy_thread_idle() start_thread() __switch_to()
 * setup_rt_frame() restore_rt_frame() sigreturn_code
 */
#include <kernel/sched/arch.h>
/* fpu_hwcap() */
#include <asm/fpu.h>

/* --- Further processors: smp.c, secondary.S --- */

/* begin_secondary_boot() end_secondary_boot() secondary_arch_init() */
#include <kernel/smp.h>

/* --- Modules: module.c --- */

/* relocation_types relocation_addend() set_relocation_field() make_veneer() */
#include <kernel/module/relocate.h>

/* --- Accesses that may fault, backtraces and firmware: uaccess.S, unwind.c, firmware.S --- */

/*
 * __arch_copy_from_user() __arch_copy_to_user() __arch_clear_user()
 * __peek_nofault_8() __peek_nofault_16() __peek_nofault_32() __peek_nofault_64()
 * __poke_nofault_8() __poke_nofault_16() __poke_nofault_32() __poke_nofault_64()
 */
#include <asm/uaccess.h>
/* unwind_frame() */
#include <asm/stacktrace.h>
/* kernel_write_allowed() */
#include <mm/uaccess.h>
/* arm_smccc_hvc() arm_smccc_smc() */
#include <asm/smccc.h>
/* semihosting_call() */
#include <asm/semihosting.h>
