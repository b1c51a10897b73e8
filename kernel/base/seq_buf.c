/* SPDX-License-Identifier: MIT */
/* Appending to a text buffer. Linux counterpart: lib/seq_buf.c */
#include <kernel/base/seq_buf.h>
#include <kernel/lib/vsprintf.h>

void seq_buf_init(struct seq_buf *s, char *buf, size_t size)
{
	s->buffer = buf;
	s->size = size;
	s->len = 0;
	buf[0] = '\0';
}

int seq_buf_printf(struct seq_buf *s, const char *fmt, ...)
{
	va_list args;

	if (seq_buf_has_overflowed(s))
		return -1;
	va_start(args, fmt);
	s->len += vsnprintf(s->buffer + s->len, s->size - s->len, fmt, args);
	va_end(args);
	return seq_buf_has_overflowed(s) ? -1 : 0;
}

int seq_buf_puts(struct seq_buf *s, const char *str)
{
	return seq_buf_printf(s, "%s", str);
}

int seq_buf_putc(struct seq_buf *s, char c)
{
	return seq_buf_printf(s, "%c", c);
}
