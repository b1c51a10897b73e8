/* SPDX-License-Identifier: MIT */
/*
 * Host: a device register is a word of memory that the test provides, or what a model of the device
 * makes of the access (host_device).
 */
#pragma once

#include <host.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

#define __HOST_IO(suffix, type)                                                 \
	static inline type read##suffix(const volatile void __iomem *addr)      \
	{                                                                       \
		unsigned long offset = host_device_offset((unsigned long)addr); \
                                                                                \
		if (offset != HOST_MEMORY)                                      \
			return host_device->read(offset);                       \
		return *(const volatile type __force *)addr;                    \
	}                                                                       \
	static inline void write##suffix(type val, volatile void __iomem *addr) \
	{                                                                       \
		unsigned long offset = host_device_offset((unsigned long)addr); \
                                                                                \
		if (offset != HOST_MEMORY)                                      \
			host_device->write(offset, val);                        \
		else                                                            \
			*(volatile type __force *)addr = val;                   \
	}

__HOST_IO(b, u8)
__HOST_IO(w, u16)
__HOST_IO(l, u32)
__HOST_IO(q, u64)
__HOST_IO(b_relaxed, u8)
__HOST_IO(w_relaxed, u16)
__HOST_IO(l_relaxed, u32)
__HOST_IO(q_relaxed, u64)
