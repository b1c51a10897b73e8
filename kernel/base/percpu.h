/* SPDX-License-Identifier: MIT */
/*
 * One copy of a variable for each processor. DEFINE_PER_CPU makes the first copy; processor n's
 * copy lies __per_cpu_offset[n] bytes from it. Memory of alloc_percpu() (mm/percpu.h) has its
 * copies at the same distances, so the same macros serve it.
 *
 * The copies of variables are a part of the image, one behind the other, and start as zero. So a
 * processor can use its own before memory can be allocated, and whatever tables it runs on.
 *
 * this_cpu_*() on a value that an interrupt handler changes too needs interrupts off. A task may
 * continue on another processor after it has slept, so a pointer to a copy is good up to there.
 *
 * Linux counterpart: include/linux/percpu.h, percpu-defs.h (there with initial values).
 */
#pragma once

#include <asm/percpu.h>
#include <kernel/lib/sizes.h>

/* The distance from one processor's copies to the next one's. */
#define PCPU_UNIT_SIZE SZ_16K

#ifndef __ASSEMBLER__
#include <kernel/lib/compiler.h>

#define DECLARE_PER_CPU(type, name) extern __typeof__(type) name
#define DEFINE_PER_CPU(type, name)  __section(".bss..percpu") __typeof__(type) name

extern unsigned long __per_cpu_offset[NR_CPUS];
#define SHIFT_PERCPU_PTR(ptr, offset) ((__typeof__(ptr))((unsigned long)(ptr) + (offset)))

#define per_cpu_offset(cpu)      (NR_CPUS == 1 ? 0UL : __per_cpu_offset[cpu])
#define per_cpu_ptr(ptr, cpu)    SHIFT_PERCPU_PTR(ptr, per_cpu_offset(cpu))
#define this_cpu_ptr(ptr)        SHIFT_PERCPU_PTR(ptr, my_cpu_offset())
#define per_cpu(var, cpu)        (*per_cpu_ptr(&(var), cpu))
#define this_cpu_read(var)       READ_ONCE(*this_cpu_ptr(&(var)))
#define this_cpu_write(var, val) WRITE_ONCE(*this_cpu_ptr(&(var)), val)
#define this_cpu_inc(var)        ((*this_cpu_ptr(&(var)))++)
#define this_cpu_dec(var)        ((*this_cpu_ptr(&(var)))--)
#endif
