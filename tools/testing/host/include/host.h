/* SPDX-License-Identifier: MIT */
/*
 * What a test on the host may do that the kernel cannot do to itself: read the log of stores,
 * flushes and barriers, expect a panic, count warnings. stubs.c implements it. A test that wants
 * this is named *_hosttest.c; all else runs in the kernel too. Allocations are made to fail by
 * mm/fail_alloc.h.
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

/* The code halts for good: a panic, for a test. */
void host_halt(void);

/*
 * The register PAR. It holds what host_answer says for an address that is asked for, once an isb()
 * was executed. With interrupts on, another question overwrites the answer.
 */
extern u64 (*host_answer)(unsigned long addr);
void host_ask(unsigned long addr);
u64 host_par(void);

/* WARNs since the last reset. */
extern unsigned int host_warnings;

/* --- The log: what was done to tables, TLB and caches, and how it was ordered --- */

enum host_op {
	HOST_STORE,   /* of a descriptor: set_pte() and the like */
	HOST_TLB,     /* an invalidate of [start, end), the barriers around it included */
	HOST_VMAP,    /* flush_cache_vmap() */
	HOST_VUNMAP,  /* flush_cache_vunmap() */
	HOST_ICACHE,  /* flush_icache_range() */
	HOST_DCACHE,  /* dcache_inval_poc() */
	HOST_ALLOC,   /* pages [start, end), which may become a table */
	HOST_FREE,    /* ... of them given back */
	HOST_BARRIER, /* a barrier by itself */
	HOST_NOTE,    /* what a test put in, for the order */
};

struct host_event {
	enum host_op op;
	const char *word;         /* what host_log() calls it */
	const void *entry;        /* HOST_STORE: the descriptor, */
	u64 old, value;           /* before and after */
	unsigned long start, end; /* 0 and all ones: everything */
};

/* The events since the last reset. The count goes on when the log is full. */
#define HOST_EVENTS (1U << 16)
extern struct host_event host_events[HOST_EVENTS];
extern unsigned int host_nr_events;

/*
 * The log in words, oldest first, what follows its like left out: "clear, tlb, free, make, vmap".
 * A store is "make" (invalid before, valid now), "clear" (the opposite), "replace" (valid, and
 * valid with another value) or "same". The text is good until the next call.
 */
const char *host_log(void);

/* Was all of [start, end) invalidated since the last reset, by one call? */
bool host_was_flushed(unsigned long start, unsigned long end);

/* Puts an event into the log: for the replaced headers, and for a test's own stubs. */
void host_note(enum host_op op, const char *word, unsigned long start, unsigned long end);
void host_note_store(const void *entry, u64 old, u64 value);

/* Forgets the log, warnings and planned failures. */
void host_reset(void);

/* --- A device: what readl() and writel() of its registers do --- */

struct host_device {
	unsigned long base, size; /* of its registers, bytes */
	u64 (*read)(unsigned long offset);
	void (*write)(unsigned long offset, u64 value);
};

/* The test's device. NULL: registers are memory. */
extern const struct host_device *host_device;

/* Where in the device addr is, or HOST_MEMORY. */
#define HOST_MEMORY (~0UL)
static inline unsigned long host_device_offset(unsigned long addr)
{
	if (!host_device || addr - host_device->base >= host_device->size)
		return HOST_MEMORY;
	return addr - host_device->base;
}
