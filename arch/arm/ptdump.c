/* SPDX-License-Identifier: MIT */
/* The tables' words on arm. Linux counterpart: arch/arm/mm/dump.c */
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
#define FIELD_SECT  NO_ROW
#define FIELD_PTE   NO_ROW
#include <asm/fields.def>
	NO_FIELD,
};

static const struct ptdump_field sect_fields[] = {
#undef FIELD_TABLE
#undef FIELD_SECT
#define FIELD_TABLE NO_ROW
#define FIELD_SECT  ROW
#include <asm/fields.def>
	NO_FIELD,
};

static const struct ptdump_field pte_fields[] = {
#undef FIELD_SECT
#undef FIELD_PTE
#define FIELD_SECT NO_ROW
#define FIELD_PTE  ROW
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

const struct ptdump_field *ptdump_table_fields(void)
{
	return table_fields;
}

phys_addr_t ptdump_table_phys(u64 entry)
{
	return entry & ~(u64)(PTE_HWTABLE_SIZE - 1);
}

/* In C, and so in GDB, the first level is an array of pairs. Bit 20 selects one of a pair. */
void ptdump_split(struct seq_buf *s, unsigned long addr)
{
	unsigned long section = pmd_entry_index(addr);

	seq_buf_printf(s, "bits 31:20 = %lu, 19:12 = %lu, 11:0 = 0x%03lx", section,
		       (addr >> PAGE_SHIFT) % (SECTION_SIZE / PAGE_SIZE), addr % PAGE_SIZE);
	seq_buf_printf(s, "; in GDB init_mm.pgd[%lu].pmd[%lu]\n", section / 2, section % 2);
}

/* The domain of a page is that of its table. The words of a section have its own. */
const char *ptdump_prefix(enum pgtable_level level, u64 entry, u64 table)
{
	const struct ptdump_field *field = table_fields;

	if (level != PGTABLE_LEVEL_PTE)
		return "";
	while (field->word && (table & field->mask) != field->value)
		field++;
	return field->word ?: "?";
}
