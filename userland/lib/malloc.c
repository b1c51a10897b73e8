/* SPDX-License-Identifier: MIT */
/*
 * The heap: one list of all blocks in the order of their addresses, used and free alike, growing
 * upward by sbrk(). A request takes the first free block that is large enough; free neighbours
 * are joined on the way. Slow for thousands of blocks, which no program here has.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GROWTH 4096

/* Sits before the bytes that the caller gets; the alignment makes those fit for any type. */
struct block {
	struct block *next;
	size_t size; /* without this header; a multiple of its alignment */
	bool used;
} __attribute__((aligned(16)));

static struct block *first;
static struct block *last;

/* Something else may move the end of the heap too: blocks are joined only where they touch. */
static bool touches_next(const struct block *b)
{
	return b->next && (char *)(b + 1) + b->size == (char *)b->next;
}

static void join_free_neighbours(struct block *b)
{
	while (touches_next(b) && !b->next->used) {
		b->size += sizeof(*b) + b->next->size;
		b->next = b->next->next;
		if (!b->next)
			last = b;
	}
}

/* Cut b to size and make a free block of the rest, if that has room for a header and more. */
static void split(struct block *b, size_t size)
{
	struct block *rest = (struct block *)((char *)(b + 1) + size);

	if (b->size - size < 2 * sizeof(*b))
		return;
	rest->size = b->size - size - sizeof(*b);
	rest->used = false;
	rest->next = b->next;
	b->size = size;
	b->next = rest;
	if (last == b)
		last = rest;
}

static struct block *grow(size_t size)
{
	size_t bytes = (size + sizeof(struct block) + GROWTH - 1) & ~(size_t)(GROWTH - 1);
	uintptr_t end = (uintptr_t)sbrk(0);
	size_t pad = -end % _Alignof(struct block);
	struct block *b;

	if (sbrk(pad + bytes) == (void *)-1)
		return NULL;
	b = (struct block *)(end + pad);
	b->size = bytes - sizeof(*b);
	b->used = false;
	b->next = NULL;
	*(last ? &last->next : &first) = b;
	last = b;
	return b;
}

void *malloc(size_t size)
{
	struct block *b;

	if (size > PTRDIFF_MAX - 2 * GROWTH) {
		errno = ENOMEM;
		return NULL;
	}
	size = (size + sizeof(*b) - 1) & ~(sizeof(*b) - 1);
	for (b = first; b; b = b->next) {
		if (b->used)
			continue;
		join_free_neighbours(b);
		if (b->size >= size)
			break;
	}
	if (!b)
		b = grow(size);
	if (!b)
		return NULL;
	split(b, size);
	b->used = true;
	return b + 1;
}

void free(void *p)
{
	if (p)
		((struct block *)p - 1)->used = false;
}

void *calloc(size_t n, size_t size)
{
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(n, size, &bytes)) {
		errno = ENOMEM;
		return NULL;
	}
	p = malloc(bytes);
	return p ? memset(p, 0, bytes) : NULL;
}

void *realloc(void *old, size_t size)
{
	size_t old_size = old ? ((struct block *)old - 1)->size : 0;
	void *new;

	if (old && size <= old_size)
		return old;
	new = malloc(size);
	if (!new || !old)
		return new;
	memcpy(new, old, old_size);
	free(old);
	return new;
}

char *strndup(const char *s, size_t n)
{
	size_t length = strnlen(s, n);
	char *copy = malloc(length + 1);

	if (!copy)
		return NULL;
	memcpy(copy, s, length);
	copy[length] = '\0';
	return copy;
}

char *strdup(const char *s)
{
	return strndup(s, strlen(s));
}
