/* SPDX-License-Identifier: MIT */
/* The tables' words on arm64. Linux counterpart: arch/arm64/mm/ptdump.c */
#include <asm/pgtable.h>
#include <kernel/base/seq_buf.h>
#include <mm/ptdump.h>

/* Every level's leaf has the same fields. */
const struct ptdump_field *ptdump_fields(enum pgtable_level level)
{
	static const struct ptdump_field none[] = { { 0, 0, NULL, NULL } };
	static const struct ptdump_field pte[] = {
#define FIELD(format, mask, value, word, sentence) { mask, value, word, sentence },
#include <asm/fields.def>
#undef FIELD
		{ 0, 0, NULL, NULL },
	};

	return level == PGTABLE_LEVEL_NONE ? none : pte;
}

void ptdump_split(struct seq_buf *s, unsigned long addr)
{
	seq_buf_printf(s,
		       "bits 47:39 = %lu, 38:30 = %lu, 29:21 = %lu, 20:12 = %lu, 11:0 = 0x%03lx\n",
		       pgd_index(addr), pud_index(addr), pmd_index(addr), pte_index(addr),
		       addr % PAGE_SIZE);
}

const char *ptdump_prefix(enum pgtable_level level, u64 entry, u64 table)
{
	static const char *const names[] = { "", " PGD", " PUD", " PMD", " PTE" };

	return names[level];
}
