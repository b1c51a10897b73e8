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

/* A test that wants to see every store to a table defines this; it runs before the store. */
void host_note_store(const void *entry, u64 old, u64 value) __weak;

/* A descriptor of any width: arm has 32 bits, arm64 has 64. */
#define store_descriptor(entry, value)                             \
	do {                                                       \
		if (host_note_store)                               \
			host_note_store(entry, *(entry), (value)); \
		WRITE_ONCE(*(entry), (value));                     \
	} while (0)
