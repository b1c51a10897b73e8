/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes vsnprintf(). Half of the inputs are turned into one conversion with a value, and the text
 * is held against the C library's; the others are the format itself, with integers to print.
 */
#include "fuzz.h"

#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>

/* rename.h gave ours another name, so that this one is the C library's. */
#undef snprintf
int snprintf(char *buf, size_t size, const char *fmt, ...);

#define ROOM 512

/* A conversion as the bytes of the input say. */
struct request {
	u8 how, flags, width, precision, size, type, room;
	u8 value[8];
	char string[];
};

static const char *const sizes[] = { "hh", "h", "", "ll", "l", "z", "t" };
static const char types[] = "diuxXosc";
static const char flags[] = "-+ #0";

/* C leaves open what most flags mean for text. Octal prefixes are Linux's here, not C's. */
static bool may_have(char type, char flag)
{
	if (type == 's' || type == 'c')
		return flag == '-';
	return type != 'o' || flag != '#';
}

static void make_format(char *fmt, const struct request *request, char type)
{
	unsigned int i;

	*fmt++ = '%';
	for (i = 0; flags[i]; i++)
		if ((request->flags >> i & 1) && may_have(type, flags[i]))
			*fmt++ = flags[i];
	fmt += snprintf(fmt, 8, "%u", request->width ?: 1);
	if ((request->flags & 0x80) && type != 'c')
		fmt += snprintf(fmt, 8, ".%u", request->precision);
	if (type != 's' && type != 'c')
		fmt += snprintf(fmt, 8, "%s", sizes[request->size % ARRAY_SIZE(sizes)]);
	*fmt++ = type;
	*fmt = '\0';
}

static void compare(const struct request *request, size_t size)
{
	char fmt[32], ours[ROOM], theirs[ROOM];
	char type = types[request->type % (ARRAY_SIZE(types) - 1)];
	size_t room = request->room;
	char *string = fuzz_string((const u8 *)request->string, size - sizeof(*request));
	u64 value;
	int our_length, their_length;

	memcpy(&value, request->value, sizeof(value));
	value |= 1; /* C prints no prefix for zero, and with precision 0 no digit either */
	make_format(fmt, request, type);
	if (type == 's') {
		our_length = kernel_snprintf(ours, room, fmt, string);
		their_length = snprintf(theirs, room, fmt, string);
	} else if (strstr(fmt, "ll")) {
		our_length = kernel_snprintf(ours, room, fmt, value);
		their_length = snprintf(theirs, room, fmt, value);
	} else {
		our_length = kernel_snprintf(ours, room, fmt, (long)value);
		their_length = snprintf(theirs, room, fmt, (long)value);
	}
	FUZZ_ASSERT(our_length == their_length);
	FUZZ_ASSERT(!room || !strcmp(ours, theirs));
	free(string);
}

#define NR_ARGS 8

/* Takes no more arguments than there are, and none that has to be a pointer. */
static bool is_safe(const char *fmt)
{
	int args = 0;

	for (; *fmt; fmt++) {
		if (*fmt == 's' || *fmt == 'p')
			return false;
		args += *fmt == '%' || *fmt == '*';
	}
	return args <= NR_ARGS;
}

static void try_format(const u8 *data, size_t size)
{
	char *fmt = fuzz_string(data, size), text[ROOM];
	int length;

	if (is_safe(fmt)) {
		length = kernel_snprintf(text, sizeof(text), fmt, 1ULL, 2ULL, 3ULL, 4ULL, 5ULL,
					 6ULL, 7ULL, 8ULL);
		FUZZ_ASSERT(length >= 0 && !text[min(length, ROOM - 1)]);
	}
	free(fmt);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	if (size > sizeof(struct request) && size < ROOM && data[0] & 1)
		compare((const struct request *)data, size);
	else if (size > 1)
		try_format(data + 1, size - 1);
	return 0;
}
