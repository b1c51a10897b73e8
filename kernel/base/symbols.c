/* SPDX-License-Identifier: MIT */
/*
 * The symbol table in the image, and those that modules register.
 *
 * The build links, makes the image's table from the names of that link, and links again with it,
 * until the table agrees with the image around it (tools/link.sh). The last entry is the end of all
 * code, so that every symbol has a next one.
 *
 * The tables of modules are a list that is read without a lock, because a fault report may read it
 * anywhere. A reader keeps interrupts off as long as it uses a table, so that an owner can wait
 * for all of them (symbols.h).
 *
 * Linux counterpart: kernel/kallsyms.c (there compressed), kernel/module/kallsyms.c (there RCU)
 */
#include <kernel/base/irqflags.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/symbols.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/vsprintf.h>

extern const unsigned int kallsyms_num;
extern const unsigned int kallsyms_offsets[];      /* from _text, ascending */
extern const unsigned int kallsyms_name_offsets[]; /* into kallsyms_names */
extern const char kallsyms_names[];

/* A symbol: where it starts, and its size in bytes, which ends where the next one starts. */
struct symbol {
	const char *name;
	const char *module; /* NULL: the kernel's */
	unsigned long start;
	unsigned long size;
};

static struct symbol_table *symbol_tables;

/* --- The image's table --- */

/* The n-th symbol of the kernel in address order; false past the end. */
static bool kernel_symbol(unsigned int n, struct symbol *symbol)
{
	if (n + 1 >= kallsyms_num)
		return false;
	symbol->name = kallsyms_names + kallsyms_name_offsets[n];
	symbol->module = NULL;
	symbol->start = (unsigned long)_text + kallsyms_offsets[n];
	symbol->size = kallsyms_offsets[n + 1] - kallsyms_offsets[n];
	return true;
}

static bool find_kernel_symbol(unsigned long addr, struct symbol *symbol)
{
	unsigned int offset = addr - (unsigned long)_text;
	unsigned int low = 0, high = kallsyms_num;

	if (!kallsyms_num)
		return false;
	while (high - low > 1) {
		unsigned int mid = low + (high - low) / 2;

		if (kallsyms_offsets[mid] <= offset)
			low = mid;
		else
			high = mid;
	}
	return kernel_symbol(low, symbol);
}

/* --- Those of modules; interrupts off --- */

const struct symbol_table *symbols_find_table(unsigned long addr)
{
	const struct symbol_table *table = READ_ONCE(symbol_tables);

	while (table && (addr < table->start || addr >= table->end))
		table = READ_ONCE(table->next);
	return table;
}

/* The entry that starts at addr or next to it; above it, or below. The first of equals; or NULL. */
static const struct symbol_entry *nearest(const struct symbol_table *table, unsigned long addr,
					  bool above)
{
	const struct symbol_entry *entry = table->entries, *found = NULL;

	for (; entry < table->entries + table->count; entry++) {
		if (above ? entry->start < addr : entry->start > addr)
			continue;
		if (!found || (above ? entry->start < found->start : entry->start > found->start))
			found = entry;
	}
	return found;
}

static void module_symbol(const struct symbol_table *table, const struct symbol_entry *entry,
			  struct symbol *symbol)
{
	const struct symbol_entry *next = nearest(table, entry->start + 1, true);

	symbol->name = entry->name;
	symbol->module = table->module;
	symbol->start = entry->start;
	symbol->size = (next ? next->start : table->code_end) - entry->start;
}

static bool find_module_symbol(unsigned long addr, struct symbol *symbol)
{
	const struct symbol_table *table = symbols_find_table(addr);
	const struct symbol_entry *entry;

	if (!table || addr >= table->code_end)
		return false;
	entry = nearest(table, addr, false);
	if (entry)
		module_symbol(table, entry, symbol);
	return entry;
}

/* The first symbol of any module at addr or above. */
static bool next_module_symbol(unsigned long addr, struct symbol *symbol)
{
	const struct symbol_table *table, *of_found = NULL;
	const struct symbol_entry *entry, *found = NULL;

	for (table = READ_ONCE(symbol_tables); table; table = READ_ONCE(table->next)) {
		entry = nearest(table, addr, true);
		if (!entry || (found && entry->start >= found->start))
			continue;
		found = entry;
		of_found = table;
	}
	if (!found)
		return false;
	module_symbol(of_found, found, symbol);
	return true;
}

void symbols_register(struct symbol_table *table)
{
	table->next = symbol_tables;
	/* Release: a reader that finds the table finds it filled. */
	__atomic_store_n(&symbol_tables, table, __ATOMIC_RELEASE);
}

void symbols_unregister(struct symbol_table *table)
{
	struct symbol_table **link = &symbol_tables;

	while (*link != table)
		link = &(*link)->next;
	WRITE_ONCE(*link, table->next); /* its own link stays: a reader may stand there */
}

/* --- Both --- */

/* The name is good until interrupts are on again. */
static bool find_symbol(unsigned long addr, struct symbol *symbol)
{
	return is_kernel_text(addr) ? find_kernel_symbol(addr, symbol)
				    : find_module_symbol(addr, symbol);
}

bool symbol_address_is_code(unsigned long addr)
{
	struct symbol symbol;
	unsigned long flags;
	bool found;

	local_irq_save(flags);
	found = find_symbol(addr, &symbol);
	local_irq_restore(flags);
	return found;
}

static int print_symbol(char *buf, size_t size, unsigned long addr, bool offset)
{
	struct symbol symbol;
	int len;

	if (!find_symbol(addr, &symbol))
		return scnprintf(buf, size, "0x%lx", addr);
	len = scnprintf(buf, size, "%s", symbol.name);
	if (offset)
		len += scnprintf(buf + len, size - len, "+0x%lx/0x%lx", addr - symbol.start,
				 symbol.size);
	if (symbol.module)
		len += scnprintf(buf + len, size - len, " [%s]", symbol.module);
	return len;
}

/* %pS wants the offset, %ps the name alone. */
static int symbolize(char *buf, size_t size, unsigned long addr, bool offset)
{
	unsigned long flags;
	int len;

	local_irq_save(flags);
	len = print_symbol(buf, size, addr, offset);
	local_irq_restore(flags);
	return len;
}

bool describe_module(struct seq_buf *s, unsigned long addr)
{
	const struct symbol_table *table;
	unsigned long flags;

	local_irq_save(flags);
	table = symbols_find_table(addr);
	if (table)
		seq_buf_printf(s, "module %s, %s", table->module,
			       addr < table->code_end ? "code" : "data");
	local_irq_restore(flags);
	return table;
}

/*
 * Capital letters are global symbols in Linux; ours are not told apart. pos->key is the number of
 * the kernel's next symbol, and behind the last, where pos->sub is 1, an address.
 */
bool kallsyms_show(struct seq_buf *s, struct seq_pos *pos)
{
	struct symbol symbol;
	unsigned long flags;
	bool found;

	if (!pos->sub && kernel_symbol(pos->key, &symbol)) {
		seq_buf_printf(s, "%px T %s\n", (void *)symbol.start, symbol.name);
		pos->key++;
		return true;
	}
	local_irq_save(flags);
	found = next_module_symbol(pos->sub ? pos->key : 0, &symbol);
	if (found) {
		seq_buf_printf(s, "%px T %s\t[%s]\n", (void *)symbol.start, symbol.name,
			       symbol.module);
		*pos = (struct seq_pos){ .key = symbol.start + 1, .sub = 1 };
	}
	local_irq_restore(flags);
	return found;
}

void symbols_init(void)
{
	vsprintf_set_symbolizer(symbolize);
}
