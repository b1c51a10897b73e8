/* SPDX-License-Identifier: MIT */
/* The tables' words and landmarks on arm64. Linux counterpart: arch/arm64/mm/ptdump.c */
#include <asm/pgtable.h>
#include <kernel/lib/macros.h>
#include <mm/fixmap.h>
#include <mm/ptdump.h>

/* Every level's leaf has the same fields. */
const struct ptdump_field *ptdump_fields(enum ptdump_level level)
{
	static const struct ptdump_field none[] = { { 0, 0, NULL } };
	static const struct ptdump_field pte[] = {
#define FIELD(format, mask, value, word) { mask, value, word },
#include <asm/fields.def>
#undef FIELD
		{ 0, 0, NULL },
	};

	return level == PTDUMP_NONE ? none : pte;
}

const char *ptdump_prefix(enum ptdump_level level, u64 entry, u64 table)
{
	static const char *const names[] = { "", " PGD", " PUD", " PMD", " PTE" };

	return names[level];
}

bool ptdump_marker(unsigned int n, struct ptdump_marker *marker)
{
	static const struct ptdump_marker markers[] = {
		{ PAGE_OFFSET, "Linear Mapping start" }, { PAGE_END, "Linear Mapping end" },
		{ MODULES_VADDR, "Modules start" },      { MODULES_END, "Modules end" },
		{ VMALLOC_START, "vmalloc() area" },     { VMALLOC_END, "vmalloc() end" },
		{ FIXADDR_TOT_START, "Fixmap start" },   { FIXADDR_TOP, "Fixmap end" },
		{ PCI_IO_START, "PCI I/O start" },       { PCI_IO_END, "PCI I/O end" },
	};

	if (n >= ARRAY_SIZE(markers))
		return false;
	*marker = markers[n];
	return true;
}
