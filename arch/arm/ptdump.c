/* SPDX-License-Identifier: MIT */
/* The tables' words on arm. Linux counterpart: arch/arm/mm/dump.c */
#include <asm/pgtable.h>
#include <mm/ptdump.h>

#define NO_FIELD { 0, 0, NULL }

/* Rows of one format, closed up, ended by NO_FIELD. */
static const struct ptdump_field sect_fields[] = {
#define FIELD_SECT(mask, value, word) { mask, value, word },
#define FIELD_PTE(mask, value, word)
#define FIELD(format, mask, value, word) FIELD_##format(mask, value, word)
#include <asm/fields.def>
#undef FIELD_SECT
#undef FIELD_PTE
	NO_FIELD,
};

static const struct ptdump_field pte_fields[] = {
#define FIELD_SECT(mask, value, word)
#define FIELD_PTE(mask, value, word) { mask, value, word },
#include <asm/fields.def>
	NO_FIELD,
};

const struct ptdump_field *ptdump_fields(enum pgtable_level level)
{
	static const struct ptdump_field none[] = { NO_FIELD };

	if (level == PGTABLE_LEVEL_PMD)
		return sect_fields;
	return level == PGTABLE_LEVEL_PTE ? pte_fields : none;
}

/* The domain; a page has that of the table it is in, a supersection none. */
const char *ptdump_prefix(enum pgtable_level level, u64 entry, u64 table)
{
	static const char *const names[16] = {
		[DOMAIN_IO] = " IO    ",
		[DOMAIN_USER] = " USER  ",
		[DOMAIN_KERNEL] = " KERNEL",
	};
	u32 first_level = level == PGTABLE_LEVEL_PTE ? table : entry;

	if (level == PGTABLE_LEVEL_PMD && entry & PMD_SECT_SUPER)
		return names[DOMAIN_IO];
	return names[PMD_DOMAIN_OF(first_level)] ?: " ?     ";
}
