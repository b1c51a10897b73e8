/* SPDX-License-Identifier: MIT */
/*
 * Host: one thread, no device. A barrier orders nothing here, but the log (host.h) shows that the
 * code asked for it, and when.
 */
#pragma once

#include <host.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

#define __host_barrier(word) host_note(HOST_BARRIER, word, 0, 0)

#define isb()       __host_barrier("isb")
#define dsb(domain) __host_barrier("dsb " #domain)
#define dmb(domain) __host_barrier("dmb " #domain)
#define mb()        __host_barrier("mb")
#define rmb()       __host_barrier("rmb")
#define wmb()       __host_barrier("wmb")
#define smp_mb()    __host_barrier("smp_mb")
#define smp_rmb()   __host_barrier("smp_rmb")
#define smp_wmb()   __host_barrier("smp_wmb")

/* In the kernel, a loop that has nothing else to do. Here it would be the last of the program. */
#define wfe() host_halt()

/* A descriptor of any width: arm has 32 bits, arm64 has 64. */
#define store_descriptor(entry, value)                     \
	do {                                               \
		host_note_store(entry, *(entry), (value)); \
		WRITE_ONCE(*(entry), (value));             \
	} while (0)
