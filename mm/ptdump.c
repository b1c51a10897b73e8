/* SPDX-License-Identifier: MIT */
/*
 * Walking all of the kernel's tables and joining what looks alike. The walk calls note_entry() for
 * each leaf and each hole, in order of addresses; a line is printed when the next one differs.
 *
 * Linux counterpart: see ptdump.h
 */
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <mm/pgalloc.h>
#include <mm/ptdump.h>

#define ADDR_WIDTH ((int)(2 * sizeof(long)))
#define HALF_PMD   (PMD_SIZE / PMD_ENTRIES)
/*
 * What the first entry of swapper_pg_dir is for: 0, or as far below the top as the table reaches.
 */
#define KERNEL_BASE (0UL - (unsigned long)PTRS_PER_PGD * PGDIR_SIZE)

/* The line that is being collected. */
struct dump {
	struct seq_buf *s;
	unsigned long start;
	enum ptdump_level level;
	u64 entry;
	u64 table;
	unsigned int next_marker;
};

/* The bits of an entry that a line's words depend on. */
static u64 attributes(enum ptdump_level level, u64 entry)
{
	const struct ptdump_field *field;
	u64 mask = 0;

	for (field = ptdump_fields(level); field->word; field++)
		mask |= field->mask;
	return entry & mask;
}

void ptdump_describe(struct seq_buf *s, enum ptdump_level level, u64 entry)
{
	const struct ptdump_field *field;
	u64 done = 0;

	for (field = ptdump_fields(level); field->word; field++) {
		if (field->mask == done || (entry & field->mask) != field->value)
			continue;
		seq_buf_printf(s, " %s", field->word);
		done = field->mask;
	}
}

static void print_size(struct seq_buf *s, unsigned long size)
{
	const char *unit = "KMGTPE";

	size >>= 10;
	while (size && !(size & 1023) && unit[1]) {
		size >>= 10;
		unit++;
	}
	seq_buf_printf(s, "%9lu%c", size, *unit);
}

static void print_line(struct dump *dump, unsigned long end)
{
	if (dump->level == PTDUMP_NONE)
		return;
	seq_buf_printf(dump->s, "0x%0*lx-0x%0*lx   ", ADDR_WIDTH, dump->start, ADDR_WIDTH, end);
	print_size(dump->s, end - dump->start);
	seq_buf_puts(dump->s, ptdump_prefix(dump->level, dump->entry, dump->table));
	ptdump_describe(dump->s, dump->level, dump->entry);
	seq_buf_putc(dump->s, '\n');
}

static bool reached_marker(struct dump *dump, unsigned long addr, struct ptdump_marker *marker)
{
	return ptdump_marker(dump->next_marker, marker) && addr >= marker->start;
}

static void note_entry(struct dump *dump, unsigned long addr, enum ptdump_level level, u64 entry,
		       u64 table)
{
	struct ptdump_marker marker;

	if (level == dump->level && attributes(level, entry) == attributes(level, dump->entry) &&
	    !reached_marker(dump, addr, &marker))
		return;
	print_line(dump, addr);
	for (; reached_marker(dump, addr, &marker); dump->next_marker++)
		seq_buf_printf(dump->s, "---[ %s ]---\n", marker.name);
	dump->start = addr;
	dump->level = level;
	dump->entry = entry;
	dump->table = table;
}

static void note_hole(struct dump *dump, unsigned long addr)
{
	note_entry(dump, addr, PTDUMP_NONE, 0, 0);
}

static void dump_pte_table(struct dump *dump, pmd_t *pmdp, unsigned long addr)
{
	pte_t *ptep = pte_offset_kernel(pmdp, addr);
	unsigned long end = addr + HALF_PMD;

	for (; addr != end; addr += PAGE_SIZE, ptep++) {
		if (pte_none(*ptep))
			note_hole(dump, addr);
		else
			note_entry(dump, addr, PTDUMP_PTE, pte_val(*ptep), pmd_val(*pmdp));
	}
}

static void dump_pmd(struct dump *dump, pmd_t *pmdp, unsigned long addr)
{
	int i;

	for (i = 0; i < PMD_ENTRIES; i++, addr += HALF_PMD) {
		if (pmd_none(pmdp[i]))
			note_hole(dump, addr);
		else if (pmd_leaf(pmdp[i]))
			note_entry(dump, addr, PTDUMP_PMD, pmd_val(pmdp[i]), 0);
		else
			dump_pte_table(dump, pmdp, addr);
	}
}

static void dump_pud(struct dump *dump, pud_t *pudp, unsigned long addr)
{
	unsigned long left = PUD_SIZE;
	pmd_t *pmdp;

	if (pud_none(*pudp)) {
		note_hole(dump, addr);
	} else if (pud_leaf(*pudp)) {
		note_entry(dump, addr, PTDUMP_PUD, pud_val(*pudp), 0);
	} else {
		for (pmdp = pmd_offset(pudp, addr); left; left -= PMD_SIZE, addr += PMD_SIZE)
			dump_pmd(dump, pmdp++, addr);
	}
}

static void dump_pgd(struct dump *dump, pgd_t *pgdp, unsigned long addr)
{
	unsigned long left = PGDIR_SIZE;
	pud_t *pudp;

	if (pgd_none(*pgdp)) {
		note_hole(dump, addr);
		return;
	}
	for (pudp = pud_offset(pgdp, addr); left; left -= PUD_SIZE, addr += PUD_SIZE)
		dump_pud(dump, pudp++, addr);
}

void ptdump_show(struct seq_buf *s)
{
	struct dump dump = { .s = s };
	unsigned int i;

	for (i = pgd_index(KERNEL_HALF_START); i < PTRS_PER_PGD; i++)
		dump_pgd(&dump, &swapper_pg_dir[i], KERNEL_BASE + i * PGDIR_SIZE);
	note_entry(&dump, ~0UL & PAGE_MASK, PTDUMP_NONE, 1, 0);
}

/* --- One address --- */

static void walk_table(struct seq_buf *s, const char *name, unsigned long index, u64 entry)
{
	seq_buf_printf(s, "%s[%lu] = 0x%0*llx", name, index, (int)(2 * sizeof(pteval_t)), entry);
	seq_buf_puts(s, entry ? "" : " nothing\n");
}

static void walk_leaf(struct seq_buf *s, enum ptdump_level level, u64 entry, phys_addr_t base,
		      unsigned long offset)
{
	ptdump_describe(s, level, entry);
	seq_buf_printf(s, "\nphysical 0x%016llx\n", base + offset);
}

static void walk_pte(struct seq_buf *s, pmd_t *pmdp, unsigned long addr)
{
	pte_t pte = *pte_offset_kernel(pmdp, addr);

	seq_buf_puts(s, " table\n");
	walk_table(s, "pte", pte_index(addr), pte_val(pte));
	if (!pte_none(pte))
		walk_leaf(s, PTDUMP_PTE, pte_val(pte), (phys_addr_t)pte_pfn(pte) << PAGE_SHIFT,
			  addr & ~PAGE_MASK);
}

static void walk_pmd(struct seq_buf *s, pud_t *pudp, unsigned long addr)
{
	pmd_t *pmdp = pmd_offset(pudp, addr);
	pmd_t pmd = pmdp[addr % PMD_SIZE / HALF_PMD];

	walk_table(s, "pmd", pmd_entry_index(addr), pmd_val(pmd));
	if (pmd_leaf(pmd))
		walk_leaf(s, PTDUMP_PMD, pmd_val(pmd), pmd_leaf_phys(pmd),
			  addr & (pmd_leaf_size(pmd) - 1));
	else if (!pmd_none(pmd))
		walk_pte(s, pmdp, addr);
}

static void walk_pud(struct seq_buf *s, pgd_t *pgdp, unsigned long addr)
{
	pud_t *pudp = pud_offset(pgdp, addr);

	if (PUD_SHIFT > PMD_SHIFT)
		walk_table(s, "pud", pud_entry_index(addr), pud_val(*pudp));
	if (pud_leaf(*pudp)) {
		walk_leaf(s, PTDUMP_PUD, pud_val(*pudp), pud_leaf_phys(*pudp), addr & ~PUD_MASK);
	} else if (!pud_none(*pudp)) {
		seq_buf_puts(s, PUD_SHIFT > PMD_SHIFT ? " table\n" : "");
		walk_pmd(s, pudp, addr);
	}
}

void ptdump_walk(struct seq_buf *s, unsigned long addr)
{
	pgd_t *pgdp = pgd_offset_k(addr);

	if (PGDIR_SHIFT > PUD_SHIFT)
		walk_table(s, "pgd", pgd_index(addr), pgd_val(*pgdp));
	if (pgd_none(*pgdp))
		return;
	seq_buf_puts(s, PGDIR_SHIFT > PUD_SHIFT ? " table\n" : "");
	walk_pud(s, pgdp, addr);
}
