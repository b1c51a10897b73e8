/* SPDX-License-Identifier: MIT */
/*
 * A text buffer that formatted pieces are appended to. What does not fit is dropped and remembered:
 * the caller sees seq_buf_has_overflowed() and tries again with a larger buffer.
 *
 * The show functions of lower floors write into one of these and know nothing of files. A list is
 * shown row by row. Its reader keeps the place between two rows, so a list of any length needs a
 * buffer for one row only, and holds its lock no longer than that.
 *
 * Linux counterpart: include/linux/seq_buf.h; for lists, seq_file's iterators
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

struct seq_buf {
	char *buffer;
	size_t size;
	size_t len; /* characters held, without the NUL; larger than size after an overflow */
};

/*
 * Where the reader of a list stands: all 0 in front of the first row. Rows ascend by what the list
 * keeps in here, so that it finds the next one when others have come and gone meanwhile. The number
 * of a row would not do: it changes when a row before it goes.
 */
struct seq_pos {
	u64 key;
	unsigned int sub; /* tells rows with the same key apart */
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

/* Takes the text back to its first len characters, also after an overflow. */
static inline void seq_buf_truncate(struct seq_buf *s, size_t len)
{
	s->len = len;
	s->buffer[len] = '\0';
}

/* Characters in the buffer, NUL not counted. */
static inline size_t seq_buf_used(const struct seq_buf *s)
{
	return seq_buf_has_overflowed(s) ? s->size - 1 : s->len;
}
