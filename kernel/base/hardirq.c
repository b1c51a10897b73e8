/* SPDX-License-Identifier: MIT */
/* How deep in interrupts each processor is. */
#include <kernel/base/hardirq.h>

DEFINE_PER_CPU(unsigned int, hardirq_count);
