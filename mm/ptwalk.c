/* SPDX-License-Identifier: MIT */
/*
 * Prints the path through the page tables to one address.
 *
 * A row names the level, the table's physical address, the index in it, the entry as it is stored,
 * and its fields in words. Tables and indices are the hardware's: on arm a table of the last level
 * has 256 entries, though C sees pairs of 512. The last line compares what the tables say with what
 * the processor answers. They differ where a translation in the TLB is stale, or where an arm
 * process has no copy yet of a first-level entry.
 *
 * Linux counterpart: see ptwalk.h
 */
#include <kernel/base/seq_buf.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/describe.h>
#include <mm/ptdump.h>
#include <mm/ptwalk.h>

#define ENTRY_WIDTH ((int)(2 * sizeof(pteval_t)))

const char *const pgtable_level_names[] = { "none", "pgd", "pud", "pmd", "pte" };

/* Where the lines go, and what the walk has found. */
struct path {
	struct seq_buf *s;
	unsigned long addr; /* with its offset in the page */
	bool verbose;
	phys_addr_t table; /* that the next row's entry is in */
	const struct ptdump_field
		*words; /* the rows of the leaf's format; NULL: there is no leaf */
	u64 leaf;
	phys_addr_t phys; /* of addr, by the leaf */
};

/* --- A row --- */

static void print_heading(struct seq_buf *s)
{
	seq_buf_printf(s, "level  %-*s  index  %-*s  meaning\n", ENTRY_WIDTH + 2, "table",
		       ENTRY_WIDTH + 2, "entry");
}

/* Prints a word of fields.def without the blanks that the dump's columns need. */
static void print_word(struct seq_buf *s, const char *word)
{
	size_t len;

	word = skip_spaces(word);
	for (len = strlen(word); len && word[len - 1] == ' '; len--)
		;
	if (len)
		seq_buf_printf(s, " %.*s", (int)len, word);
}

static void print_words(const struct path *path, const struct ptdump_field *fields, u64 entry)
{
	const struct ptdump_field *field = fields;
	u64 done;

	for_each_match(field, entry, done) print_word(path->s, field->word);
	seq_buf_putc(path->s, '\n');
	if (!path->verbose)
		return;
	field = fields;
	for_each_match(field, entry, done) if (field->sentence)
		seq_buf_printf(path->s, "  %-17s %s\n", skip_spaces(field->word), field->sentence);
}

/* All of a row but its words. */
static void print_entry(const struct path *path, enum pgtable_level level, u64 entry)
{
	const unsigned long index[] = {
		[PGTABLE_LEVEL_PGD] = pgd_index(path->addr),
		[PGTABLE_LEVEL_PUD] = pud_entry_index(path->addr),
		[PGTABLE_LEVEL_PMD] = pmd_entry_index(path->addr),
		[PGTABLE_LEVEL_PTE] = path->addr % PMD_ENTRY_SIZE / PAGE_SIZE,
	};

	seq_buf_printf(path->s, "%-5s  0x%0*llx  %5lu  0x%0*llx ", pgtable_level_names[level],
		       ENTRY_WIDTH, path->table, index[level], ENTRY_WIDTH, entry);
}

static int show_table(struct path *path, enum pgtable_level level, u64 entry)
{
	print_entry(path, level, entry);
	print_words(path, ptdump_table_fields(), entry);
	path->table = ptdump_table_phys(entry);
	return 0;
}

static int show_leaf(struct path *path, enum pgtable_level level, u64 entry, phys_addr_t base,
		     unsigned long size)
{
	print_entry(path, level, entry);
	print_words(path, ptdump_fields(level), entry);
	path->words = ptdump_fields(level);
	path->leaf = entry;
	path->phys = base + (path->addr & (size - 1));
	return 0;
}

/* --- The walk --- */

static int show_nothing(unsigned long addr, unsigned long next, enum pgtable_level level,
			struct mm_walk *walk)
{
	print_entry(walk->private, level, 0);
	seq_buf_puts(((struct path *)walk->private)->s, " nothing\n");
	return 0;
}

static int show_pgd(pgd_t *pgdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return show_table(walk->private, PGTABLE_LEVEL_PGD, pgd_val(*pgdp));
}

static int show_pud(pud_t *pudp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	u64 entry = pud_val(*pudp);

	return pud_leaf(*pudp) ? show_leaf(walk->private, PGTABLE_LEVEL_PUD, entry,
					   pud_leaf_phys(*pudp), PUD_SIZE)
			       : show_table(walk->private, PGTABLE_LEVEL_PUD, entry);
}

static int show_pmd(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	u64 entry = pmd_val(*pmdp);

	return pmd_leaf(*pmdp) ? show_leaf(walk->private, PGTABLE_LEVEL_PMD, entry,
					   pmd_leaf_phys(*pmdp), pmd_leaf_size(*pmdp))
			       : show_table(walk->private, PGTABLE_LEVEL_PMD, entry);
}

static int show_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	phys_addr_t base = (phys_addr_t)pte_pfn(*ptep) << PAGE_SHIFT;

	if (pte_none(*ptep))
		return show_nothing(addr, next, PGTABLE_LEVEL_PTE, walk);
	return show_leaf(walk->private, PGTABLE_LEVEL_PTE, pte_val(*ptep), base, PAGE_SIZE);
}

/* --- The comparison --- */

static bool has_word(const struct path *path, const char *word)
{
	const struct ptdump_field *field = path->words;
	u64 done;

	for_each_match(field, path->leaf, done) if (field->word == word) return true;
	return false;
}

static void compare(const struct path *path, const struct processor_answer *answer)
{
	bool mapped = path->words;

	if (!answer->fault != mapped)
		seq_buf_printf(path->s, ": differs, the tables map %s\n",
			       mapped ? "it" : "nothing");
	else if (answer->phys != path->phys)
		seq_buf_printf(path->s, ": differs, the tables lead to 0x%016llx\n", path->phys);
	else if (answer->memory && !has_word(path, answer->memory))
		seq_buf_puts(path->s, ": differs, the tables name another memory type\n");
	else
		seq_buf_puts(path->s, ": agree\n");
}

static void show_answer(const struct path *path)
{
	struct processor_answer answer;

	ask_processor(&answer, path->addr);
	seq_buf_puts(path->s, "processor  ");
	if (answer.fault)
		seq_buf_puts(path->s, answer.fault);
	else
		seq_buf_printf(path->s, "0x%016llx", answer.phys);
	if (answer.memory)
		print_word(path->s, answer.memory);
	compare(path, &answer);
}

void ptwalk_show(struct seq_buf *s, struct mm_struct *mm, unsigned long addr, bool verbose)
{
	static const struct mm_walk_ops ops = {
		.pgd_entry = show_pgd,
		.pud_entry = show_pud,
		.pmd_entry = show_pmd,
		.pte_entry = show_pte,
		.pte_hole = show_nothing,
	};
	struct path path = { .s = s, .addr = addr, .verbose = verbose, .table = __pa(mm->pgd) };
	unsigned long page = addr & PAGE_MASK;

	ptdump_split(s, addr);
	print_heading(s);
	walk_page_range(mm, page, page + PAGE_SIZE, &ops, &path);
	if (path.words)
		seq_buf_printf(s, "physical   0x%016llx\n", path.phys);
	seq_buf_puts(s, "owner      ");
	describe_address(s, addr);
	seq_buf_putc(s, '\n');
	show_answer(&path);
}
