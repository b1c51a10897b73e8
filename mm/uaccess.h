/* SPDX-License-Identifier: MIT */
/*
 * Declares the accesses to memory that may not be mapped: user pointers and uncertain kernel
 * addresses.
 *
 * A user pointer must lie below TASK_SIZE. It is then used with unprivileged loads and stores, so
 * that it reaches exactly what the user could reach. A fault of such an access is not an error of
 * the kernel: the exception table leads to the code that reports it.
 *
 * Linux counterpart: include/linux/uaccess.h
 */
#pragma once

#include <asm/memlayout.h>
#include <asm/uaccess.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/types.h>

/* Whether [addr, addr + size) can be user memory. Not addr + size: that sum may wrap. */
static inline bool access_ok(const void __user *addr, unsigned long size)
{
	return size <= TASK_SIZE && (unsigned long)addr <= TASK_SIZE - size;
}

/* Copy n bytes; return how many could NOT be copied, 0 being success. Process context. */
static inline unsigned long copy_from_user(void *to, const void __user *from, unsigned long n)
{
	return access_ok(from, n) ? __arch_copy_from_user(to, from, n) : n;
}

static inline unsigned long copy_to_user(void __user *to, const void *from, unsigned long n)
{
	return access_ok(to, n) ? __arch_copy_to_user(to, from, n) : n;
}

/* Zero n bytes; returns how many could not be. */
static inline unsigned long clear_user(void __user *to, unsigned long n)
{
	return access_ok(to, n) ? __arch_clear_user(to, n) : n;
}

/* One value of the pointer's type; 0 or -EFAULT. */
#define get_user(x, ptr) (copy_from_user(&(x), (ptr), sizeof(x)) ? -EFAULT : 0)
#define put_user(x, ptr)                                                    \
	({                                                                  \
		__typeof__(*(ptr)) __force _value = (x);                    \
		copy_to_user((ptr), &_value, sizeof(_value)) ? -EFAULT : 0; \
	})

/*
 * Copies a string of at most count bytes, NUL included. Returns its length without the NUL, count
 * when there was no NUL in count bytes, or -EFAULT.
 */
long strncpy_from_user(char *to, const char __user *from, long count);

/*
 * One access of width 8, 16, 32 or 64 bits to an aligned kernel address, device registers included.
 * 0, -EFAULT when the address does not answer, -EINVAL for another width or alignment.
 */
int peek_kernel_nofault(u64 *value, const void *addr, unsigned int width);
int poke_kernel_nofault(void *addr, u64 value, unsigned int width);

/*
 * Whether a write by the kernel to addr would pass the page tables. The processor is asked; no
 * access is made. Any context. (arch/<name>/uaccess.S)
 */
bool kernel_write_allowed(unsigned long addr);
