/* SPDX-License-Identifier: MIT */
/*
 * Ordering. The device accessors of asm/io.h contain the barriers that drivers need. Besides them,
 * only the code that changes page tables or system registers uses these directly.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) A3.8, "Memory access order".
 * Linux counterpart: arch/arm/include/asm/barrier.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

/*
 * dmb orders memory accesses. dsb also waits until they are complete, and with them TLB and cache
 * maintenance; only after it does a table walk see a stored descriptor. isb fetches the following
 * instructions anew, so they run under the changed system registers and translations. The memory
 * clobber stops the compiler from moving accesses across.
 */
#define isb()       __asm__ volatile("isb" ::: "memory")
#define dsb(domain) __asm__ volatile("dsb " #domain ::: "memory")
#define dmb(domain) __asm__ volatile("dmb " #domain ::: "memory")

/* mb(), rmb() and wmb() order devices too: full system. The smp_ forms order processors only. */
/* ARMv7 has no barrier for loads alone, so rmb() waits for stores too. */
#define mb()      dsb(sy)
#define rmb()     dsb(sy)
#define wmb()     dsb(st)
#define smp_mb()  dmb(ish)
#define smp_rmb() dmb(ish)
#define smp_wmb() dmb(ishst)

/* Sleeps until something happens; for a loop that has nothing else to do. */
#define wfe() __asm__ volatile("wfe" ::: "memory")

/* One descriptor, whole, at once: a walker on another processor sees the old value or the new. */
#define store_descriptor(entry, value) WRITE_ONCE(*(entry), value)
