/* SPDX-License-Identifier: MIT */
/*
 * One copy of a variable for each processor. DEFINE_PER_CPU makes the template in the image;
 * processor n's copy lies __per_cpu_offset[n] bytes from it. The boot processor runs on the
 * template itself.
 *
 * this_cpu_*() on a value that an interrupt handler changes too needs interrupts off.
 * Linux counterpart: include/linux/percpu.h, percpu-defs.h
 */
#pragma once

#include <asm/percpu.h>
#include <kernel/lib/compiler.h>

#define NR_CPUS 8

#define DECLARE_PER_CPU(type, name) extern __typeof__(type) name
#define DEFINE_PER_CPU(type, name)  __section(".data..percpu") __typeof__(type) name

extern unsigned long __per_cpu_offset[NR_CPUS];

#define SHIFT_PERCPU_PTR(ptr, offset) ((__typeof__(ptr))((unsigned long)(ptr) + (offset)))

#define per_cpu_ptr(ptr, cpu)    SHIFT_PERCPU_PTR(ptr, __per_cpu_offset[cpu])
#define this_cpu_ptr(ptr)        SHIFT_PERCPU_PTR(ptr, my_cpu_offset())
#define per_cpu(var, cpu)        (*per_cpu_ptr(&(var), cpu))
#define this_cpu_read(var)       READ_ONCE(*this_cpu_ptr(&(var)))
#define this_cpu_write(var, val) WRITE_ONCE(*this_cpu_ptr(&(var)), val)
#define this_cpu_inc(var)        ((*this_cpu_ptr(&(var)))++)
#define this_cpu_dec(var)        ((*this_cpu_ptr(&(var)))--)
