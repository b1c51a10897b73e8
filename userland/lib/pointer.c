/* SPDX-License-Identifier: MIT */
/*
 * What %p prints in a program: the address in hexadecimal. The kernel's formats, which programs
 * share, have extensions behind %p; here a letter behind it is text.
 */
#include <kernel/lib/format.h>

const char *put_pointer(struct output *out, const void *ptr, const char *extension,
			const struct spec *spec)
{
	put_hex(out, (unsigned long)ptr, -1, true, spec);
	return extension;
}
