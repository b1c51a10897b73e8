/* SPDX-License-Identifier: MIT */
/*
 * A text buffer that formatted pieces are appended to. What does not fit is dropped and remembered:
 * the caller sees seq_buf_has_overflowed() and tries again with a larger buffer.
 *
 * The show functions of lower floors write into one of these and know nothing of files.
 * Linux counterpart: include/linux/seq_buf.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

struct seq_buf {
	char *buffer;
	size_t size;
	size_t len; /* characters held, without the NUL; larger than size after an overflow */
};

/* An empty text in buf; size counts the NUL. */
void seq_buf_init(struct seq_buf *s, char *buf, size_t size);

/* Each returns 0, or -1 when the text did not fit. Any context. */
int seq_buf_printf(struct seq_buf *s, const char *fmt, ...) __printf(2, 3);
int seq_buf_puts(struct seq_buf *s, const char *str);
int seq_buf_putc(struct seq_buf *s, char c);

static inline bool seq_buf_has_overflowed(const struct seq_buf *s)
{
	return s->len >= s->size;
}

/* Characters in the buffer, NUL not counted. */
static inline size_t seq_buf_used(const struct seq_buf *s)
{
	return seq_buf_has_overflowed(s) ? s->size - 1 : s->len;
}
