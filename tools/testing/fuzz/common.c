/* SPDX-License-Identifier: MIT */
/* What all fuzzers share. Messages of the kernel are formatted, for their bugs, and not shown. */
#include "fuzz.h"

#include <kernel/base/printk.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>

#include "tools/testing/host/libc.h"

int printk(const char *fmt, ...)
{
	char text[1024];
	va_list args;
	int length;

	va_start(args, fmt);
	length = vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	return length;
}

void fuzz_failed(const char *file, int line, const char *what)
{
	char text[256];

	host_write(text, scnprintf(text, sizeof(text), "%s:%d: not true: %s\n", file, line, what));
	host_abort();
}

void fuzz_touch(const void *bytes, size_t size)
{
	const volatile u8 *byte = bytes;

	while (size--)
		(void)*byte++;
}

char *fuzz_string(const u8 *data, size_t size)
{
	char *string = host_alloc(size + 1, 1);

	memcpy(string, data, size);
	string[size] = '\0';
	return string;
}
