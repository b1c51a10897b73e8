/* SPDX-License-Identifier: MIT */
/* The tables' words on arm. Linux counterpart: arch/arm/mm/dump.c */
#include <asm/pgtable.h>
#include <kernel/base/seq_buf.h>
#include <mm/ptdump.h>

#define NO_FIELD { 0, 0, NULL, NULL }

/* The rows of one format, ended by NO_FIELD. */
static const struct ptdump_field sect_fields[] = {
#define FIELD_SECT(mask, value, word, sentence) { mask, value, word, sentence },
#define FIELD_PTE(mask, value, word, sentence)
#define FIELD(format, ...) FIELD_##format(__VA_ARGS__)
#include <asm/fields.def>
#undef FIELD_SECT
#undef FIELD_PTE
	NO_FIELD,
};

static const struct ptdump_field pte_fields[] = {
#define FIELD_SECT(mask, value, word, sentence)
#define FIELD_PTE(mask, value, word, sentence) { mask, value, word, sentence },
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

/* In C, and so in GDB, the first level is an array of pairs. Bit 20 selects one of a pair. */
void ptdump_split(struct seq_buf *s, unsigned long addr)
{
	unsigned long section = pmd_entry_index(addr);

	seq_buf_printf(s, "bits 31:20 = %lu, 19:12 = %lu, 11:0 = 0x%03lx", section,
		       (addr >> PAGE_SHIFT) % (SECTION_SIZE / PAGE_SIZE), addr % PAGE_SIZE);
	seq_buf_printf(s, "; in GDB init_mm.pgd[%lu].pmd[%lu]\n", section / 2, section % 2);
}

/* The domain. A page has the domain of its table; a supersection is in domain 0. */
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
