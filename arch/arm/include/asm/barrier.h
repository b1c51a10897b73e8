/* SPDX-License-Identifier: MIT */
/*
 * Ordering. The C and the device accessors contain what drivers need; beyond them only the table
 * code uses these directly.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) A3.8, "Memory access order".
 * Linux counterpart: arch/arm/include/asm/barrier.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

#define isb()       __asm__ volatile("isb" ::: "memory")
#define dsb(domain) __asm__ volatile("dsb " #domain ::: "memory")
#define dmb(domain) __asm__ volatile("dmb " #domain ::: "memory")

#define mb()      dsb(sy)
#define rmb()     dsb(sy)
#define wmb()     dsb(st)
#define smp_mb()  dmb(ish)
#define smp_wmb() dmb(ishst)

/* One descriptor, whole, at once: a walker on another processor sees the old value or the new. */
#define store_descriptor(entry, value) WRITE_ONCE(*(entry), value)
