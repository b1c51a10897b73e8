/* SPDX-License-Identifier: MIT */
/* Host: a device register is a word of memory that the test provides. */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

#define __HOST_IO(suffix, type)                                                 \
	static inline type read##suffix(const volatile void __iomem *addr)      \
	{                                                                       \
		return *(const volatile type __force *)addr;                    \
	}                                                                       \
	static inline void write##suffix(type val, volatile void __iomem *addr) \
	{                                                                       \
		*(volatile type __force *)addr = val;                           \
	}

__HOST_IO(b, u8)
__HOST_IO(w, u16)
__HOST_IO(l, u32)
__HOST_IO(q, u64)
__HOST_IO(b_relaxed, u8)
__HOST_IO(w_relaxed, u16)
__HOST_IO(l_relaxed, u32)
__HOST_IO(q_relaxed, u64)
