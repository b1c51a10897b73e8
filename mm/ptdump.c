/* SPDX-License-Identifier: MIT */
/*
 * Prints page tables: all of the kernel's half, or the path to one address.
 *
 * The walk reports each leaf and each hole in order of addresses. The dump prints a line when the
 * next entry differs from it.
 *
 * Linux counterpart: see ptdump.h
 */
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/ptdump.h>
#include <mm/regions.h>

#define ADDR_WIDTH  ((int)(2 * sizeof(long)))
#define ENTRY_WIDTH ((int)(2 * sizeof(pteval_t)))

/* The next row from field on that applies to the entry; the empty row at the end. */
static const struct ptdump_field *next_match(const struct ptdump_field *field, u64 entry, u64 *done)
{
	while (field->word && (field->mask == *done || (entry & field->mask) != field->value))
		field++;
	*done = field->mask;
	return field;
}

#define for_each_match(field, level, entry, done)                                             \
	for (done = 0, field = next_match(ptdump_fields(level), entry, &(done)); field->word; \
	     field = next_match(field + 1, entry, &(done)))

void ptdump_describe(struct seq_buf *s, enum pgtable_level level, u64 entry)
{
	const struct ptdump_field *field;
	u64 done;

	for_each_match(field, level, entry, done) seq_buf_printf(s, " %s", field->word);
}

/* Prints one line for each word. The blanks in front of a word are for the dump's columns. */
static void explain(struct seq_buf *s, enum pgtable_level level, u64 entry)
{
	const struct ptdump_field *field;
	u64 done;

	for_each_match(field, level, entry, done) if (field->sentence)
		seq_buf_printf(s, "  %-17s %s\n", skip_spaces(field->word), field->sentence);
}

/* --- All of the kernel's half --- */

/* The line that is being collected, and the state of the walk. */
struct dump {
	struct seq_buf *s;
	unsigned long start;
	enum pgtable_level level; /* NONE: a hole, which has no line */
	u64 attributes;
	const char *prefix;
	u64 table;                 /* the pmd entry that led to the pages now walked */
	unsigned long next_marker; /* the address of the first marker that is not printed yet */
};

/* The bits of an entry that a line's words depend on. */
static u64 attributes_of(enum pgtable_level level, u64 entry)
{
	const struct ptdump_field *field;
	u64 mask = 0;

	for (field = ptdump_fields(level); field->word; field++)
		mask |= field->mask;
	return entry & mask;
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
	if (dump->level == PGTABLE_LEVEL_NONE)
		return;
	seq_buf_printf(dump->s, "0x%0*lx-0x%0*lx   ", ADDR_WIDTH, dump->start, ADDR_WIDTH, end);
	print_size(dump->s, end - dump->start);
	seq_buf_puts(dump->s, dump->prefix);
	ptdump_describe(dump->s, dump->level, dump->attributes);
	seq_buf_putc(dump->s, '\n');
}

/* The lowest address from addr on that has a marker; the top of all addresses if there is none. */
static unsigned long find_marker(unsigned long addr)
{
	const struct region *region;
	unsigned long found = ~0UL;

	for_each_region(region) {
		if (region->markers[0] && region->start >= addr)
			found = min(found, region->start);
		if (region->markers[1] && region->end >= addr)
			found = min(found, region->end);
	}
	return found;
}

/* Markers at one address: first of the regions that end there, then of those that begin. */
static void print_markers_at(struct seq_buf *s, unsigned long addr)
{
	const struct region *region;

	for_each_region(region)
		if (region->markers[1] && region->end == addr)
			seq_buf_printf(s, "---[ %s ]---\n", region->markers[1]);
	for_each_region(region)
		if (region->markers[0] && region->start == addr)
			seq_buf_printf(s, "---[ %s ]---\n", region->markers[0]);
}

static void print_markers_up_to(struct dump *dump, unsigned long addr)
{
	while (dump->next_marker <= addr) {
		print_markers_at(dump->s, dump->next_marker);
		dump->next_marker = find_marker(dump->next_marker + 1);
	}
}

static void note_entry(struct dump *dump, unsigned long addr, enum pgtable_level level, u64 entry)
{
	const char *prefix = level ? ptdump_prefix(level, entry, dump->table) : NULL;
	u64 attributes = attributes_of(level, entry);

	if (level == dump->level && attributes == dump->attributes && prefix == dump->prefix &&
	    addr < dump->next_marker)
		return;
	print_line(dump, addr);
	print_markers_up_to(dump, addr);
	dump->start = addr;
	dump->level = level;
	dump->attributes = attributes;
	dump->prefix = prefix;
}

static int dump_pud(pud_t *pudp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	if (pud_leaf(*pudp))
		note_entry(walk->private, addr, PGTABLE_LEVEL_PUD, pud_val(*pudp));
	return 0;
}

static int dump_pmd(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	struct dump *dump = walk->private;

	if (pmd_leaf(*pmdp))
		note_entry(dump, addr, PGTABLE_LEVEL_PMD, pmd_val(*pmdp));
	else
		dump->table = pmd_val(*pmdp);
	return 0;
}

static int dump_hole(unsigned long addr, unsigned long next, enum pgtable_level level,
		     struct mm_walk *walk)
{
	note_entry(walk->private, addr, PGTABLE_LEVEL_NONE, 0);
	return 0;
}

static int dump_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	if (pte_none(*ptep))
		return dump_hole(addr, next, PGTABLE_LEVEL_PTE, walk);
	note_entry(walk->private, addr, PGTABLE_LEVEL_PTE, pte_val(*ptep));
	return 0;
}

void ptdump_show(struct seq_buf *s)
{
	static const struct mm_walk_ops ops = {
		.pud_entry = dump_pud,
		.pmd_entry = dump_pmd,
		.pte_entry = dump_pte,
		.pte_hole = dump_hole,
	};
	struct dump dump = { .s = s, .next_marker = find_marker(KERNEL_HALF_START) };

	walk_page_range(&init_mm, KERNEL_HALF_START, 0, &ops, &dump);
	print_line(&dump, 0);
	print_markers_up_to(&dump, ~0UL - 1);
}

/* --- The path to one address --- */

/* Where the lines go, and the address with its offset in the page. */
struct way {
	struct seq_buf *s;
	unsigned long addr;
	bool verbose;
};

static void show_entry(struct mm_walk *walk, enum pgtable_level level, u64 entry)
{
	const struct way *way = walk->private;
	const struct {
		const char *name;
		unsigned long index;
	} levels[] = {
		[PGTABLE_LEVEL_PGD] = { "pgd", pgd_index(way->addr) },
		[PGTABLE_LEVEL_PUD] = { "pud", pud_entry_index(way->addr) },
		[PGTABLE_LEVEL_PMD] = { "pmd", pmd_entry_index(way->addr) },
		[PGTABLE_LEVEL_PTE] = { "pte", pte_index(way->addr) },
	};

	seq_buf_printf(way->s, "%s[%lu] = 0x%0*llx", levels[level].name, levels[level].index,
		       ENTRY_WIDTH, entry);
}

static int show_table(struct mm_walk *walk, enum pgtable_level level, u64 entry)
{
	const struct way *way = walk->private;

	show_entry(walk, level, entry);
	seq_buf_puts(way->s, " table\n");
	return 0;
}

static int show_leaf(struct mm_walk *walk, enum pgtable_level level, u64 entry, phys_addr_t base,
		     unsigned long size)
{
	const struct way *way = walk->private;

	show_entry(walk, level, entry);
	ptdump_describe(way->s, level, entry);
	seq_buf_putc(way->s, '\n');
	if (way->verbose)
		explain(way->s, level, entry);
	seq_buf_printf(way->s, "physical 0x%016llx\n", base + (way->addr & (size - 1)));
	return 0;
}

static int show_nothing(unsigned long addr, unsigned long next, enum pgtable_level level,
			struct mm_walk *walk)
{
	const struct way *way = walk->private;

	show_entry(walk, level, 0);
	seq_buf_puts(way->s, " nothing\n");
	return 0;
}

static int show_pgd(pgd_t *pgdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return show_table(walk, PGTABLE_LEVEL_PGD, pgd_val(*pgdp));
}

static int show_pud(pud_t *pudp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	u64 entry = pud_val(*pudp);

	return pud_leaf(*pudp)
		       ? show_leaf(walk, PGTABLE_LEVEL_PUD, entry, pud_leaf_phys(*pudp), PUD_SIZE)
		       : show_table(walk, PGTABLE_LEVEL_PUD, entry);
}

static int show_pmd(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	u64 entry = pmd_val(*pmdp);

	return pmd_leaf(*pmdp) ? show_leaf(walk, PGTABLE_LEVEL_PMD, entry, pmd_leaf_phys(*pmdp),
					   pmd_leaf_size(*pmdp))
			       : show_table(walk, PGTABLE_LEVEL_PMD, entry);
}

static int show_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	phys_addr_t base = (phys_addr_t)pte_pfn(*ptep) << PAGE_SHIFT;

	if (pte_none(*ptep))
		return show_nothing(addr, next, PGTABLE_LEVEL_PTE, walk);
	return show_leaf(walk, PGTABLE_LEVEL_PTE, pte_val(*ptep), base, PAGE_SIZE);
}

void ptdump_walk(struct seq_buf *s, unsigned long addr, bool verbose)
{
	static const struct mm_walk_ops ops = {
		.pgd_entry = show_pgd,
		.pud_entry = show_pud,
		.pmd_entry = show_pmd,
		.pte_entry = show_pte,
		.pte_hole = show_nothing,
	};
	struct way way = { s, addr, verbose };

	ptdump_split(s, addr);
	addr &= PAGE_MASK;
	walk_page_range(&init_mm, addr, addr + PAGE_SIZE, &ops, &way);
}
