/* SPDX-License-Identifier: MIT */
/*
 * Changing the address space: ASIDs keep the users' translations apart, so that a switch flushes
 * nothing.
 * Linux counterpart: arch/arm64/include/asm/mmu_context.h, arch/arm64/mm/context.c
 */
#pragma once

struct mm_struct;

/* Prepares mm->context of a new address space. Returns 0. */
int init_new_context(struct mm_struct *mm);

/* Forgets an address space that nobody runs in: its translations leave the TLB. */
void destroy_context(struct mm_struct *mm);

/* Drops every translation of mm's user half, on all processors. */
void flush_tlb_mm(struct mm_struct *mm);

/* Runs in next's user half from here on; for init_mm, in none. Interrupts off. */
void switch_mm(struct mm_struct *prev, struct mm_struct *next);

/*
 * First-level entries of vmalloc space have changed in init_mm's table. Here every processor walks
 * that table itself, so that there is no copy to bring up to date.
 */
static inline void sync_kernel_entries(unsigned long addr, unsigned long end)
{
}
