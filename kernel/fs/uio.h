/* SPDX-License-Identifier: MIT */
/*
 * The other side of a read or a write: user memory or kernel memory, one type for both, so that a
 * file's read function serves system calls, the ELF loader and tests alike.
 *
 * Linux counterpart: include/linux/uio.h (one segment here; Linux has vectors and pages too).
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

struct iov_iter {
	bool user;
	char *base;
	size_t count; /* bytes left */
};

static inline struct iov_iter iov_iter_ubuf(const void __user *buf, size_t count)
{
	return (struct iov_iter){ .user = true, .base = (__force char *)buf, .count = count };
}

static inline struct iov_iter iov_iter_kbuf(const void *buf, size_t count)
{
	return (struct iov_iter){ .user = false, .base = (char *)buf, .count = count };
}

/*
 * Moves up to `bytes` to or from the iterator and advances it. Returns the bytes moved, less on a
 * fault.
 */
size_t copy_to_iter(const void *addr, size_t bytes, struct iov_iter *to);
size_t copy_from_iter(void *addr, size_t bytes, struct iov_iter *from);

/* The same for zeroes. */
size_t iov_iter_zero(size_t bytes, struct iov_iter *to);

/*
 * A read of the buffer [from, from + available) at *pos: moves what fits, advances both. Returns
 * the bytes moved, 0 behind the end, -EFAULT when nothing could be moved.
 */
ssize_t simple_copy_to_iter(struct iov_iter *to, loff_t *pos, const void *from, size_t available);
