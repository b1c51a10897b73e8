/* SPDX-License-Identifier: MIT */
/* The tables' words on arm64. Linux counterpart: arch/arm64/mm/ptdump.c */
#include <asm/pgtable.h>
#include <mm/ptdump.h>

/* Every level's leaf has the same fields. */
const struct ptdump_field *ptdump_fields(enum pgtable_level level)
{
	static const struct ptdump_field none[] = { { 0, 0, NULL } };
	static const struct ptdump_field pte[] = {
#define FIELD(format, mask, value, word) { mask, value, word },
#include <asm/fields.def>
#undef FIELD
		{ 0, 0, NULL },
	};

	return level == PGTABLE_LEVEL_NONE ? none : pte;
}

const char *ptdump_prefix(enum pgtable_level level, u64 entry, u64 table)
{
	static const char *const names[] = { "", " PGD", " PUD", " PMD", " PTE" };

	return names[level];
}
