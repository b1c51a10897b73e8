/* SPDX-License-Identifier: MIT */
/* Host: one thread, no device: ordering is what the compiler does. */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

#define isb()       barrier()
#define dsb(domain) barrier()
#define dmb(domain) barrier()
#define mb()        barrier()
#define rmb()       barrier()
#define wmb()       barrier()
#define smp_mb()    barrier()
#define smp_rmb()   barrier()
#define smp_wmb()   barrier()

/* A descriptor of any width: arm has 32 bits, arm64 has 64. */
#define store_descriptor(entry, value) WRITE_ONCE(*(entry), (value))
