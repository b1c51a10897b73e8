/* SPDX-License-Identifier: MIT */
/* A printk() that keeps what it is given: see print_log.h. */
#include <host.h>
#include <kernel/base/printk.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/tests/print_log.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <tools/testing/host/libc.h>

static char log_text[8192];
static struct seq_buf log;
static bool logging;

void print_log_start(void)
{
	seq_buf_init(&log, log_text, sizeof(log_text));
	logging = true;
}

const char *print_log_stop(void)
{
	logging = false;
	return log_text;
}

int printk(const char *fmt, ...)
{
	char line[1024];
	va_list args;
	int length;

	if (fmt[0] == KERN_SOH[0])
		fmt += 2;
	host_warnings += strncmp(fmt, "WARNING:", 8) == 0;
	va_start(args, fmt);
	length = vscnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	if (logging)
		seq_buf_puts(&log, line);
	else
		host_write(line, length);
	return length;
}
