/* SPDX-License-Identifier: MIT */
/*
 * The only way to touch a device register: one access of one width, never split, merged or
 * repeated.
 *
 * readX() and writeX() are also ordered against normal memory. A read from a device is complete
 * before any later access; what was stored in memory is visible to the device before its register
 * is written. The _relaxed forms are not ordered in this way.
 *
 * The accesses are in assembly so that the compiler picks a plain load or store: an abort from a
 * load with writeback carries no syndrome a hypervisor could emulate. readq() and writeq() are
 * ldrd and strd, which a device may see as two accesses.
 *
 * Linux counterpart: arch/arm/include/asm/io.h
 */
#pragma once

#include <asm/barrier.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

/*
 * Behind a read: or data that a device wrote to memory is loaded before the status register that
 * announces it, and is old. In front of a write: or the device is told to start before what was
 * stored for it is in memory. Linux waits (dsb) in both; behind a read the order (dmb) is enough.
 */
#define __iormb() dmb(osh)
#define __iowmb() dsb(st)

#define __IO_ACCESSORS(suffix, type, insn_suffix, reg)                                        \
	static inline type read##suffix##_relaxed(const volatile void __iomem *addr)          \
	{                                                                                     \
		type val;                                                                     \
		__asm__ volatile("ldr" insn_suffix " " reg ", [%1]" : "=r"(val) : "r"(addr)); \
		return val;                                                                   \
	}                                                                                     \
	static inline void write##suffix##_relaxed(type val, volatile void __iomem *addr)     \
	{                                                                                     \
		__asm__ volatile("str" insn_suffix " " reg ", [%1]" ::"r"(val), "r"(addr));   \
	}                                                                                     \
	static inline type read##suffix(const volatile void __iomem *addr)                    \
	{                                                                                     \
		type val = read##suffix##_relaxed(addr);                                      \
		/* behind the access: nothing later may overtake it */                        \
		__iormb();                                                                    \
		return val;                                                                   \
	}                                                                                     \
	static inline void write##suffix(type val, volatile void __iomem *addr)               \
	{                                                                                     \
		/* in front of the access: nothing earlier may come after it */               \
		__iowmb();                                                                    \
		write##suffix##_relaxed(val, addr);                                           \
	}

__IO_ACCESSORS(b, u8, "b", "%0")
__IO_ACCESSORS(w, u16, "h", "%0")
__IO_ACCESSORS(l, u32, "", "%0")
__IO_ACCESSORS(q, u64, "d", "%0, %H0")
