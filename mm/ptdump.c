/* SPDX-License-Identifier: MIT */
/*
 * Prints the page tables of the kernel's half.
 *
 * The walk reports each leaf and each hole in order of addresses. The dump prints a line when the
 * next entry differs from it.
 *
 * Linux counterpart: see ptdump.h
 */
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <mm/address_space.h>
#include <mm/ptdump.h>
#include <mm/regions.h>

#define ADDR_WIDTH ((int)(2 * sizeof(long)))

const struct ptdump_field *ptdump_next_match(const struct ptdump_field *field, u64 entry, u64 *done)
{
	while (field->word && (field->mask == *done || (entry & field->mask) != field->value))
		field++;
	*done = field->mask;
	return field;
}

/* The line that is being collected, and the state of the walk, which ends with the line. */
struct dump {
	struct seq_buf *s;
	bool printed;
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
	const struct ptdump_field *field = ptdump_fields(level);
	u64 mask = 0, done;

	/* Of rows that apply only: a supersection has address bits where a section has others. */
	for_each_match(field, entry, done) mask |= field->mask;
	return entry & mask;
}

static void print_word(struct seq_buf *s, const char *word)
{
	seq_buf_putc(s, ' ');
	seq_buf_puts(s, word);
}

static void print_words(struct seq_buf *s, enum pgtable_level level, u64 entry)
{
	const struct ptdump_field *field = ptdump_fields(level);
	u64 done;

	for_each_match(field, entry, done) print_word(s, field->word);
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
	if (*dump->prefix)
		print_word(dump->s, dump->prefix);
	print_words(dump->s, dump->level, dump->attributes);
	seq_buf_putc(dump->s, '\n');
	dump->printed = true;
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
		dump->printed = true;
	}
}

/* Returns 1, which ends the walk, when a line or a marker was printed: the next begins at addr. */
static int note_entry(struct dump *dump, unsigned long addr, enum pgtable_level level, u64 entry)
{
	const char *prefix = level ? ptdump_prefix(level, entry, dump->table) : NULL;
	u64 attributes = attributes_of(level, entry);

	if (level == dump->level && attributes == dump->attributes && prefix == dump->prefix &&
	    addr < dump->next_marker)
		return 0;
	print_line(dump, addr);
	print_markers_up_to(dump, addr);
	dump->start = addr;
	dump->level = level;
	dump->attributes = attributes;
	dump->prefix = prefix;
	return dump->printed;
}

static int dump_pud(pud_t *pudp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	if (pud_leaf(*pudp))
		return note_entry(walk->private, addr, PGTABLE_LEVEL_PUD, pud_val(*pudp));
	return 0;
}

static int dump_pmd(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	struct dump *dump = walk->private;

	if (pmd_leaf(*pmdp))
		return note_entry(dump, addr, PGTABLE_LEVEL_PMD, pmd_val(*pmdp));
	dump->table = pmd_val(*pmdp);
	return 0;
}

static int dump_hole(unsigned long addr, unsigned long next, enum pgtable_level level,
		     struct mm_walk *walk)
{
	return note_entry(walk->private, addr, PGTABLE_LEVEL_NONE, 0);
}

static int dump_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	if (pte_none(*ptep))
		return dump_hole(addr, next, PGTABLE_LEVEL_PTE, walk);
	return note_entry(walk->private, addr, PGTABLE_LEVEL_PTE, pte_val(*ptep));
}

/*
 * The key is where the next line begins, and 0 in front of the first. Only the last row ends at the
 * end of the walk, and there the key becomes the top of all addresses.
 */
bool ptdump_show(struct seq_buf *s, struct seq_pos *pos)
{
	static const struct mm_walk_ops ops = {
		.pud_entry = dump_pud,
		.pmd_entry = dump_pmd,
		.pte_entry = dump_pte,
		.pte_hole = dump_hole,
	};
	unsigned long start = pos->key ?: KERNEL_HALF_START;
	struct dump dump = { .s = s, .next_marker = find_marker(start + !!pos->key) };

	if (pos->key == ~0UL)
		return false;
	if (walk_page_range(&init_mm, start, 0, &ops, &dump)) {
		pos->key = dump.start;
		return true;
	}
	print_line(&dump, 0);
	print_markers_up_to(&dump, ~0UL - 1);
	pos->key = ~0UL;
	return dump.printed;
}
