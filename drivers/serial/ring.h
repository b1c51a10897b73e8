/* SPDX-License-Identifier: MIT */
/*
 * A ring of characters between a program and a port. The two counts run freely and are used modulo
 * the size, so that full and empty differ. The user's lock guards it.
 *
 * Linux counterpart: include/linux/circ_buf.h
 */
#pragma once

#include <kernel/lib/types.h>

#define RING_SIZE 4096 /* a power of two */

struct ring {
	unsigned int head; /* characters ever put in ... */
	unsigned int tail; /* ... and ever taken out */
	char chars[RING_SIZE];
};

static inline bool ring_empty(const struct ring *ring)
{
	return ring->tail == ring->head;
}

static inline bool ring_full(const struct ring *ring)
{
	return ring->head - ring->tail == RING_SIZE;
}

/* Takes one out; the ring is not empty. */
static inline char ring_take(struct ring *ring)
{
	return ring->chars[ring->tail++ % RING_SIZE];
}

/* Puts in what there is room for; returns how many that were. */
static inline size_t ring_put(struct ring *ring, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && !ring_full(ring); i++)
		ring->chars[ring->head++ % RING_SIZE] = s[i];
	return i;
}

/* Takes up to n out; returns how many. */
static inline size_t ring_get(struct ring *ring, char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && !ring_empty(ring); i++)
		s[i] = ring_take(ring);
	return i;
}
