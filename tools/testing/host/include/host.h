/* SPDX-License-Identifier: MIT */
/*
 * What a test on the host may do that the kernel cannot do to itself: read the log of TLB flushes,
 * expect a panic, count warnings. stubs.c implements it. A test that wants this is named
 * *_hosttest.c; all else runs in the kernel too. Allocations are made to fail by mm/fail_alloc.h.
 */
#pragma once

#include <kernel/lib/types.h>

/* Allocations that are not freed yet, kmalloc and pages together. */
unsigned int host_live_allocations(void);

/* Is kmalloc there already? True at first. */
void host_set_slab_available(bool available);

/* Runs fn(arg); true when it panicked. The text is in host_panic_text. */
bool host_panics(void (*fn)(void *arg), void *arg);
extern char host_panic_text[256];

/* WARNs since the last reset. */
extern unsigned int host_warnings;

struct host_flush {
	unsigned long start, end; /* 0 and all ones: everything */
};

/* The TLB flushes since the last reset; the log keeps the first HOST_FLUSHES, the count goes on. */
#define HOST_FLUSHES 64
extern unsigned int host_nr_flushes;
extern struct host_flush host_flushes[HOST_FLUSHES];

/* Was all of [start, end) flushed since the last reset, by one call? */
bool host_was_flushed(unsigned long start, unsigned long end);

/* Forgets flushes, warnings and planned failures. */
void host_reset(void);
