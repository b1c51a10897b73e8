/* SPDX-License-Identifier: MIT */
/*
 * Memory blocks and strings. Blocks are handled a few words at a time once the pointers are
 * aligned, because clearing and copying pages is most of what a mapping costs; strings stay simple.
 *
 * Compilers recognise a loop that fills or copies memory and replace it by a call of memset or
 * memcpy, which here would call itself: a barrier() in each such loop prevents that.
 *
 * Linux counterpart: lib/string.c, arch/arm/lib/memset.S and their kin
 */
#include <kernel/lib/compiler.h>
#include <kernel/lib/ctype.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

/* Bytes of whatever type, as many as one store can write: arm has a two-register store, too. */
typedef u64 __attribute__((may_alias)) word_t;

#define WORD  sizeof(word_t)
#define CHUNK (8 * WORD)

static inline bool word_aligned(const void *p)
{
	return IS_ALIGNED((unsigned long)p, WORD);
}

void *memset(void *s, int c, size_t n)
{
	word_t fill = (u8)c * 0x0101010101010101ULL;
	u8 *p = s;

	/* Seen as one value, it stays in a register pair on arm, which one instruction stores. */
	__asm__("" : "+r"(fill));

	for (; n && !word_aligned(p); n--) {
		*p++ = c;
		barrier();
	}
	for (; n >= CHUNK; n -= CHUNK, p += CHUNK) {
		word_t *w = (word_t *)p;

		w[0] = fill;
		w[1] = fill;
		w[2] = fill;
		w[3] = fill;
		w[4] = fill;
		w[5] = fill;
		w[6] = fill;
		w[7] = fill;
		barrier();
	}
	for (; n >= WORD; n -= WORD, p += WORD) {
		*(word_t *)p = fill;
		barrier();
	}
	for (; n; n--) {
		*p++ = c;
		barrier();
	}
	return s;
}

/* As word_t, for blocks that are aligned to each other by four bytes only. */
typedef u32 __attribute__((may_alias)) half_t;

#define COPY_CHUNK (4 * WORD)

/* Whether both pointers are as far from a multiple of size. */
static inline bool equally_aligned(const void *a, const void *b, size_t size)
{
	return IS_ALIGNED((unsigned long)a ^ (unsigned long)b, size);
}

/* Each copies whole chunks, which are read before they are written. Returns the bytes copied. */
static size_t copy_words(word_t *to, const word_t *from, size_t n)
{
	size_t left;

	for (left = n; left >= COPY_CHUNK; left -= COPY_CHUNK, to += 4, from += 4) {
		word_t a = from[0], b = from[1], c = from[2], d = from[3];

		to[0] = a;
		to[1] = b;
		to[2] = c;
		to[3] = d;
		barrier();
	}
	return n - left;
}

static size_t copy_halves(half_t *to, const half_t *from, size_t n)
{
	size_t left;

	for (left = n; left >= COPY_CHUNK; left -= COPY_CHUNK, to += 8, from += 8) {
		half_t a = from[0], b = from[1], c = from[2], d = from[3];
		half_t e = from[4], f = from[5], g = from[6], h = from[7];

		to[0] = a;
		to[1] = b;
		to[2] = c;
		to[3] = d;
		to[4] = e;
		to[5] = f;
		to[6] = g;
		to[7] = h;
		barrier();
	}
	return n - left;
}

/*
 * Copy from the lowest byte up. Also right for blocks that overlap, as long as dst is the lower
 * one.
 */
static void copy_up(u8 *d, const u8 *s, size_t n)
{
	size_t done = 0;

	if (n >= COPY_CHUNK && equally_aligned(d, s, sizeof(half_t))) {
		for (; !word_aligned(d); n--) {
			*d++ = *s++;
			barrier();
		}
		if (word_aligned(s))
			done = copy_words((word_t *)d, (const word_t *)s, n);
		else
			done = copy_halves((half_t *)d, (const half_t *)s, n);
	}
	for (; done < n; done++) {
		d[done] = s[done];
		barrier();
	}
}

/* Copy from the highest byte down: for overlapping blocks with dst above src. */
static void copy_down(u8 *d, const u8 *s, size_t n)
{
	d += n;
	s += n;
	if (equally_aligned(d, s, WORD)) {
		for (; n && !word_aligned(d); n--) {
			*--d = *--s;
			barrier();
		}
		for (; n >= WORD; n -= WORD) {
			d -= WORD;
			s -= WORD;
			*(word_t *)d = *(const word_t *)s;
			barrier();
		}
	}
	for (; n; n--) {
		*--d = *--s;
		barrier();
	}
}

void *memcpy(void *dst, const void *src, size_t n)
{
	copy_up(dst, src, n);
	return dst;
}

void *memmove(void *dst, const void *src, size_t n)
{
	/* dst below src wraps to a huge distance, so one comparison covers all safe cases. */
	if ((unsigned long)dst - (unsigned long)src >= n)
		copy_up(dst, src, n);
	else
		copy_down(dst, src, n);
	return dst;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const u8 *p = a, *q = b;

	for (; n; n--, p++, q++) {
		if (*p != *q)
			return *p - *q;
	}
	return 0;
}

void *memchr(const void *s, int c, size_t n)
{
	const u8 *p = s;

	for (; n; n--, p++) {
		if (*p == (u8)c)
			return (void *)p;
	}
	return NULL;
}

size_t strlen(const char *s)
{
	const char *end = s;

	while (*end) {
		end++;
		barrier();
	}
	return end - s;
}

size_t strnlen(const char *s, size_t max)
{
	const char *nul = memchr(s, '\0', max);

	return nul ? (size_t)(nul - s) : max;
}

int strcmp(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (u8)*a - (u8)*b;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++) {
		if (*a != *b || !*a)
			return (u8)*a - (u8)*b;
	}
	return 0;
}

ssize_t strscpy(char *dst, const char *src, size_t size)
{
	size_t len = strnlen(src, size);

	if (size == 0)
		return -E2BIG;
	if (len < size) {
		memcpy(dst, src, len + 1);
		return len;
	}
	memcpy(dst, src, size - 1);
	dst[size - 1] = '\0';
	return -E2BIG;
}

char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++) {
		if (!*s)
			return NULL;
	}
	return (char *)s;
}

char *strrchr(const char *s, int c)
{
	const char *found = NULL;

	do {
		if (*s == (char)c)
			found = s;
	} while (*s++);
	return (char *)found;
}

char *strstr(const char *s, const char *needle)
{
	size_t len = strlen(needle);

	do {
		if (strncmp(s, needle, len) == 0)
			return (char *)s;
	} while (*s++);
	return NULL;
}

size_t strcspn(const char *s, const char *reject)
{
	size_t len = 0;

	/* The NUL at the end of s ends this, too: strchr() finds that of reject. */
	while (!strchr(reject, s[len]))
		len++;
	return len;
}

char *skip_spaces(const char *s)
{
	while (isspace(*s))
		s++;
	return (char *)s;
}
