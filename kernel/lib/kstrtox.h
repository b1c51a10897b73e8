/* SPDX-License-Identifier: MIT */
/*
 * Strings to numbers, strictly: the whole string has to be one number. Only a single newline may
 * follow it, because `echo` writes one. Base 0 means C's prefixes: 0x for 16, 0 for 8, else 10.
 * Base 16 takes an 0x too. A sign may lead: + everywhere, - in the signed functions.
 *
 * All return 0; -EINVAL when the string is not a number, -ERANGE when it does not fit. *res is
 * written only on success. Any context.
 *
 * Linux counterpart: include/linux/kstrtox.h, lib/kstrtox.c, lib/cmdline.c (memparse)
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

int __must_check kstrtoull(const char *s, unsigned int base, unsigned long long *res);
int __must_check kstrtouint(const char *s, unsigned int base, unsigned int *res);
int __must_check kstrtoint(const char *s, unsigned int base, int *res);

static inline int __must_check kstrtou64(const char *s, unsigned int base, u64 *res)
{
	return kstrtoull(s, base, res);
}

/*
 * The number at the start of ptr in C's notation, times 2^10, 2^20, 2^30 or 2^40 when K, M, G or T
 * (either case) follows. *retptr, unless retptr is NULL, becomes the first character not used; it
 * is ptr when there is no number. Returns the number, cut to 64 bits.
 */
unsigned long long memparse(const char *ptr, char **retptr);
