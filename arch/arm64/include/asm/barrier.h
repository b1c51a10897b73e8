/* SPDX-License-Identifier: MIT */
/*
 * Ordering. The C and the device accessors contain what drivers need; beyond them only the table
 * code uses these directly.
 *
 * Source: Arm ARM (DDI 0487) B2.3, "Definition of the Armv8 memory model".
 * Linux counterpart: arch/arm64/include/asm/barrier.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

#define isb()       __asm__ volatile("isb" ::: "memory")
#define dsb(domain) __asm__ volatile("dsb " #domain ::: "memory")
#define dmb(domain) __asm__ volatile("dmb " #domain ::: "memory")

#define mb()      dsb(sy)
#define rmb()     dsb(ld)
#define wmb()     dsb(st)
#define smp_mb()  dmb(ish)
#define smp_wmb() dmb(ishst)

/* One descriptor, whole, at once: a walker on another processor sees the old value or the new. */
#define store_descriptor(entry, value) WRITE_ONCE(*(entry), value)
