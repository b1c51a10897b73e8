/* SPDX-License-Identifier: MIT */
/*
 * Changes the address space. Each has a first-level table of its own, with a copy of the kernel's
 * part. ASIDs keep the users' translations apart, so that a switch flushes nothing.
 *
 * Linux counterpart: arch/arm/include/asm/mmu_context.h, arch/arm/mm/context.c
 */
#pragma once

#include <kernel/lib/types.h>

struct mm_struct;

/* Prepares mm->context of a new address space. Returns 0. */
int init_new_context(struct mm_struct *mm);

/* Drops the translations of an address space in which no task runs. Before its tables are freed. */
void destroy_context(struct mm_struct *mm);

/* Drops every translation of mm's user half, on all processors. */
void flush_tlb_mm(struct mm_struct *mm);

/*
 * Changes to next's tables, and first copies the kernel's entries to them if they have changed.
 * Must be called before the stack changes: only init_mm may have the entry that maps the new stack.
 * Interrupts off.
 */
void switch_mm(struct mm_struct *prev, struct mm_struct *next);

/*
 * This processor walks mm's table from here on. Copies the kernel's vmalloc entries into it, if
 * they have changed since the last time. switch_mm() calls it. Interrupts off.
 */
void check_vmalloc_seq(struct mm_struct *mm);

/*
 * Copies the kernel's entry for addr, in vmalloc space, into mm's table if it differs. Returns
 * whether it did: then the access that faulted is tried again. Interrupts off.
 */
bool copy_kernel_entry(struct mm_struct *mm, unsigned long addr);

/*
 * Must be called when first-level entries of [addr, end), whole pairs of vmalloc space, have
 * changed in init_mm's table. Counts one change, and copies them to the tables that processors walk
 * now, so that a flush behind it leaves no translation anywhere. Process context.
 */
void sync_kernel_entries(unsigned long addr, unsigned long end);
