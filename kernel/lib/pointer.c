/* SPDX-License-Identifier: MIT */
/*
 * The pointer extensions of the kernel's formats, which vsprintf.h lists: what is behind an
 * address, not only its digits.
 *
 * Linux counterpart: pointer() of lib/vsprintf.c (which has some twenty more extensions)
 */
#include <kernel/lib/ctype.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errname.h>
#include <kernel/lib/format.h>
#include <kernel/lib/vsprintf.h>

#define SYMBOL_MAX 192

static symbolize_t *symbolizer;

symbolize_t *vsprintf_set_symbolizer(symbolize_t *symbolize)
{
	symbolize_t *previous = symbolizer;

	symbolizer = symbolize;
	return previous;
}

static void put_symbol(struct output *out, unsigned long addr, bool offset, const struct spec *spec)
{
	char text[SYMBOL_MAX];

	if (!symbolizer) {
		put_hex(out, addr, POINTER_DIGITS, true, spec);
		return;
	}
	symbolizer(text, sizeof(text), addr, offset);
	put_string(out, text, spec);
}

static void put_errno(struct output *out, const void *ptr, const struct spec *spec)
{
	const char *name = IS_ERR(ptr) ? errname(PTR_ERR(ptr)) : NULL;
	struct spec decimal = *spec;

	if (name) {
		put_string(out, name, spec);
	} else if (IS_ERR(ptr)) {
		decimal.type = 'd';
		put_number(out, -PTR_ERR(ptr), true, &decimal);
	} else {
		put_hex(out, (unsigned long)ptr, POINTER_DIGITS, false, spec);
	}
}

static void put_phys(struct output *out, const phys_addr_t *phys, const struct spec *spec)
{
	if (bad_pointer(phys))
		put_string(out, bad_pointer(phys), spec);
	else
		put_hex(out, *phys, 16, true, spec);
}

/* The first letter behind %p decides; the letters and digits after it belong to it. */
const char *put_pointer(struct output *out, const void *ptr, const char *extension,
			const struct spec *spec)
{
	switch (*extension) {
	case 'S':
	case 's':
		put_symbol(out, (unsigned long)ptr, *extension == 'S', spec);
		break;
	case 'a':
		put_phys(out, ptr, spec);
		break;
	case 'e':
		put_errno(out, ptr, spec);
		break;
	default:
		put_hex(out, (unsigned long)ptr, POINTER_DIGITS, false, spec);
		break;
	}
	while (isalnum(*extension))
		extension++;
	return extension;
}
