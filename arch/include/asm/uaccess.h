/* SPDX-License-Identifier: MIT */
/*
 * Accesses that may fault, written in assembly (uaccess.S) with a fixup each. mm/uaccess.h is what
 * the rest of the kernel calls.
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

/*
 * n bytes with the user's permissions (arm64: ldtr and sttr, arm: ldrt and strt). Return how many
 * bytes were not done.
 */
unsigned long __arch_copy_from_user(void *to, const void __user *from, unsigned long n);
unsigned long __arch_copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long __arch_clear_user(void __user *to, unsigned long n);

/* One aligned access with the kernel's permissions; 0 or -EFAULT. */
int __peek_nofault_8(u64 *value, const void *addr);
int __peek_nofault_16(u64 *value, const void *addr);
int __peek_nofault_32(u64 *value, const void *addr);
int __peek_nofault_64(u64 *value, const void *addr);
int __poke_nofault_8(void *addr, u64 value);
int __poke_nofault_16(void *addr, u64 value);
int __poke_nofault_32(void *addr, u64 value);
int __poke_nofault_64(void *addr, u64 value);
