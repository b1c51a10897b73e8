/* SPDX-License-Identifier: MIT */
/* The tables' words on arm64. Linux counterpart: arch/arm64/mm/ptdump.c */
#include <asm/pgtable.h>
#include <kernel/base/seq_buf.h>
#include <mm/ptdump.h>

#define NO_FIELD                         { 0, 0, NULL, NULL }
#define ROW(mask, value, word, sentence) { mask, value, word, sentence },
#define NO_ROW(...)

/* The rows of one format, ended by NO_FIELD. */
#define FIELD(format, ...) FIELD_##format(__VA_ARGS__)

static const struct ptdump_field table_fields[] = {
#define FIELD_TABLE ROW
#define FIELD_PTE   NO_ROW
#include <asm/fields.def>
	NO_FIELD,
};

/* Every level's leaf has the same fields. */
static const struct ptdump_field pte_fields[] = {
#undef FIELD_TABLE
#undef FIELD_PTE
#define FIELD_TABLE NO_ROW
#define FIELD_PTE   ROW
#include <asm/fields.def>
	NO_FIELD,
};

const struct ptdump_field *ptdump_fields(enum pgtable_level level)
{
	static const struct ptdump_field none[] = { NO_FIELD };

	return level == PGTABLE_LEVEL_NONE ? none : pte_fields;
}

const struct ptdump_field *ptdump_table_fields(void)
{
	return table_fields;
}

phys_addr_t ptdump_table_phys(u64 entry)
{
	return entry & PTE_ADDR_MASK;
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
	static const char *const names[] = { "", "PGD", "PUD", "PMD", "PTE" };

	return names[level];
}
