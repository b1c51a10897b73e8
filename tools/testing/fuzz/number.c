/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes kstrto*() and memparse(), and holds them against the C library's strtoull(). The first
 * byte chooses the base.
 */
#include "fuzz.h"

#include <kernel/lib/ctype.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

unsigned long long strtoull(const char *s, char **end, int base);
int *__errno_location(void);

/* What kstrtoull() has to say, by the C library: it also takes blanks and a minus in front. */
static int expected(const char *s, int base, unsigned long long *value)
{
	char *end;

	if (isspace(*s) || *s == '-')
		return -EINVAL;
	*__errno_location() = 0;
	*value = strtoull(s, &end, base);
	if (end == s)
		return -EINVAL;
	if (*end == '\n')
		end++;
	if (*end)
		return -EINVAL;
	return *__errno_location() ? -ERANGE : 0;
}

static void check_number(const char *s, unsigned int base)
{
	unsigned long long value, reference;
	unsigned int uint_value;
	int signed_value;
	int err = kstrtoull(s, base, &value), uint_err = kstrtouint(s, base, &uint_value);

	FUZZ_ASSERT(err == expected(s, base, &reference));
	FUZZ_ASSERT(err || value == reference);
	FUZZ_ASSERT(uint_err == (!err && value > ~0U ? -ERANGE : err));
	FUZZ_ASSERT(uint_err || uint_value == value);
	if (!kstrtoint(s, base, &signed_value))
		FUZZ_ASSERT(*s == '-' ? signed_value <= 0 : (u64)signed_value == value);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	static const unsigned char bases[] = { 0, 8, 10, 16, 2, 36 };
	char *string, *end;

	if (!size)
		return 0;
	string = fuzz_string(data + 1, size - 1);
	check_number(string, bases[data[0] % ARRAY_SIZE(bases)]);
	memparse(string, &end);
	FUZZ_ASSERT(end >= string && end <= string + strlen(string));
	free(string);
	return 0;
}
