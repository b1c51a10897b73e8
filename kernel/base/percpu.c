/* SPDX-License-Identifier: MIT */
/* Where each processor's copy lies. Linux counterpart: mm/percpu.c (__per_cpu_offset) */
#include <kernel/base/percpu.h>

unsigned long __per_cpu_offset[NR_CPUS];
