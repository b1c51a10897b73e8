/* SPDX-License-Identifier: MIT */
/*
 * Moves bytes to and from the buffer of a read or write, in a program or in the kernel.
 *
 * Linux counterpart: lib/iov_iter.c
 */

#include <kernel/fs/uio.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/uaccess.h>

static size_t iov_iter_advance(struct iov_iter *iter, size_t bytes)
{
	iter->base += bytes;
	iter->count -= bytes;
	return bytes;
}

size_t copy_to_iter(const void *addr, size_t bytes, struct iov_iter *to)
{
	bytes = min(bytes, to->count);
	if (to->user)
		bytes -= copy_to_user((__force void __user *)to->base, addr, bytes);
	else
		memcpy(to->base, addr, bytes);
	return iov_iter_advance(to, bytes);
}

size_t copy_from_iter(void *addr, size_t bytes, struct iov_iter *from)
{
	bytes = min(bytes, from->count);
	if (from->user)
		bytes -= copy_from_user(addr, (__force const void __user *)from->base, bytes);
	else
		memcpy(addr, from->base, bytes);
	return iov_iter_advance(from, bytes);
}

size_t iov_iter_zero(size_t bytes, struct iov_iter *to)
{
	bytes = min(bytes, to->count);
	if (to->user)
		bytes -= clear_user((__force void __user *)to->base, bytes);
	else
		memset(to->base, 0, bytes);
	return iov_iter_advance(to, bytes);
}

ssize_t simple_copy_to_iter(struct iov_iter *to, loff_t *pos, const void *from, size_t available)
{
	size_t bytes;

	if (*pos < 0)
		return -EINVAL;
	if ((u64)*pos >= available || !to->count)
		return 0;
	bytes = copy_to_iter((const char *)from + *pos, available - *pos, to);
	*pos += bytes;
	return bytes ? (ssize_t)bytes : -EFAULT;
}
