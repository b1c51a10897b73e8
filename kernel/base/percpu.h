/* SPDX-License-Identifier: MIT */
/*
 * One copy of a variable for each processor. DEFINE_PER_CPU makes the first copy, in the image;
 * processor n's copy lies __per_cpu_offset[n] bytes from it. The boot processor uses the first
 * copy itself, so it can run before memory can be allocated.
 *
 * Every copy starts as zero. So a copy for another processor is made from zeroed pages, whatever
 * the boot processor has written to its own by then (mm/percpu.h).
 *
 * this_cpu_*() on a value that an interrupt handler changes too needs interrupts off. A task may
 * continue on another processor after it has slept, so a pointer to a copy is good up to there.
 *
 * Linux counterpart: include/linux/percpu.h, percpu-defs.h (there with initial values).
 */
#pragma once

#include <asm/percpu.h>
#include <kernel/lib/compiler.h>

#define DECLARE_PER_CPU(type, name) extern __typeof__(type) name
#define DEFINE_PER_CPU(type, name)  __section(".bss..percpu") __typeof__(type) name

extern unsigned long __per_cpu_offset[NR_CPUS];
extern char __per_cpu_start[], __per_cpu_end[]; /* the first copies, from the linker script */

#define SHIFT_PERCPU_PTR(ptr, offset) ((__typeof__(ptr))((unsigned long)(ptr) + (offset)))

#define per_cpu_offset(cpu)      (NR_CPUS == 1 ? 0UL : __per_cpu_offset[cpu])
#define per_cpu_ptr(ptr, cpu)    SHIFT_PERCPU_PTR(ptr, per_cpu_offset(cpu))
#define this_cpu_ptr(ptr)        SHIFT_PERCPU_PTR(ptr, my_cpu_offset())
#define per_cpu(var, cpu)        (*per_cpu_ptr(&(var), cpu))
#define this_cpu_read(var)       READ_ONCE(*this_cpu_ptr(&(var)))
#define this_cpu_write(var, val) WRITE_ONCE(*this_cpu_ptr(&(var)), val)
#define this_cpu_inc(var)        ((*this_cpu_ptr(&(var)))++)
#define this_cpu_dec(var)        ((*this_cpu_ptr(&(var)))--)
