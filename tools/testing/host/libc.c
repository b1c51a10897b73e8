/* SPDX-License-Identifier: MIT */
/* The bridge to the host's C library: see libc.h. */
#include <stdio.h>
#include <stdlib.h>

#include "libc.h"

void host_write(const char *text, size_t length)
{
	fwrite(text, 1, length, stdout);
	fflush(stdout);
}

void *host_alloc(size_t size, size_t align)
{
	return align > 16 ? aligned_alloc(align, (size + align - 1) & ~(align - 1)) : malloc(size);
}

void host_free(void *ptr)
{
	free(ptr);
}

void host_abort(void)
{
	abort();
}
