/* SPDX-License-Identifier: MIT */
/*
 * Changing the address space. Each has a first-level table of its own, kernel part included; ASIDs
 * keep the users' translations apart, so that a switch flushes nothing.
 *
 * Linux counterpart: arch/arm/include/asm/mmu_context.h, arch/arm/mm/context.c
 */
#pragma once

struct mm_struct;

/* Prepares mm->context of a new address space. Returns 0. */
int init_new_context(struct mm_struct *mm);

/* Forgets an address space that nobody runs in: its translations leave the TLB. */
void destroy_context(struct mm_struct *mm);

/* Drops every translation of mm's user half, on all processors. */
void flush_tlb_mm(struct mm_struct *mm);

/*
 * Runs in next's tables from here on, brought up to date with the kernel's. Called before the stack
 * changes: the new stack may be mapped by an entry that only init_mm has yet. Interrupts off.
 */
void switch_mm(struct mm_struct *prev, struct mm_struct *next);

/*
 * Copies the kernel's vmalloc entries into mm's table, if they have changed since. Interrupts off.
 */
void check_vmalloc_seq(struct mm_struct *mm);

/*
 * The first-level entries of [addr, end), whole pairs of vmalloc space, have changed in init_mm's
 * table: counts that as one change, and copies them into the active address space. Not preempted.
 */
void sync_kernel_entries(unsigned long addr, unsigned long end);
