/* SPDX-License-Identifier: MIT */
/* Appending to a text buffer. Linux counterpart: lib/seq_buf.c */
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
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

/* As seq_buf_printf() would, without looking for conversions. */
static int append(struct seq_buf *s, const char *text, size_t len)
{
	size_t room;

	if (seq_buf_has_overflowed(s))
		return -1;
	room = min(len, s->size - s->len - 1);
	memcpy(s->buffer + s->len, text, room);
	s->buffer[s->len + room] = '\0';
	s->len += len;
	return seq_buf_has_overflowed(s) ? -1 : 0;
}

int seq_buf_puts(struct seq_buf *s, const char *str)
{
	return append(s, str, strlen(str));
}

int seq_buf_putc(struct seq_buf *s, char c)
{
	return append(s, &c, 1);
}
