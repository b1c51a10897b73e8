/* SPDX-License-Identifier: MIT */
/*
 * Changes the address space. ASIDs keep the users' translations apart, so that a switch flushes
 * nothing.
 * Linux counterpart: arch/arm64/include/asm/mmu_context.h, arch/arm64/mm/context.c
 */
#pragma once

struct mm_struct;

/* Prepares mm->context of a new address space. Returns 0. */
int init_new_context(struct mm_struct *mm);

/* Drops the translations of an address space in which no task runs. Before its tables are freed. */
void destroy_context(struct mm_struct *mm);

/* Drops every translation of mm's user half, on all processors. */
void flush_tlb_mm(struct mm_struct *mm);

/* Changes to next's user half; for init_mm, to an empty one. Interrupts off. */
void switch_mm(struct mm_struct *prev, struct mm_struct *next);

/*
 * Called when first-level entries of vmalloc space have changed in init_mm's table. Every processor
 * walks that table itself, so there is no copy to update.
 */
static inline void sync_kernel_entries(unsigned long addr, unsigned long end)
{
}
