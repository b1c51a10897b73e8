/* SPDX-License-Identifier: MIT */
/*
 * The symbol table in the image. The build links, makes the table from the names of that link, and
 * links again with it, until the table agrees with the image around it (tools/link.sh). The last
 * entry is the end of all code, so that every symbol has a next one.
 *
 * Linux counterpart: kernel/kallsyms.c (there compressed).
 */
#include <kernel/base/sections.h>
#include <kernel/base/spinlock.h>
#include <kernel/base/symbols.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>

extern const unsigned int kallsyms_num;
extern const unsigned int kallsyms_offsets[];      /* from _text, ascending */
extern const unsigned int kallsyms_name_offsets[]; /* into kallsyms_names */
extern const char kallsyms_names[];

static LIST_HEAD(symbol_tables);
static DEFINE_SPINLOCK(symbol_tables_lock);

static void fill_symbol(unsigned int n, struct symbol *symbol)
{
	symbol->name = kallsyms_names + kallsyms_name_offsets[n];
	symbol->start = (unsigned long)_text + kallsyms_offsets[n];
	symbol->size = kallsyms_offsets[n + 1] - kallsyms_offsets[n];
	symbol->module = NULL;
}

bool kallsyms_nth(unsigned int n, struct symbol *symbol)
{
	if (n + 1 >= kallsyms_num)
		return false;
	fill_symbol(n, symbol);
	return true;
}

static bool kernel_lookup(unsigned long addr, struct symbol *symbol)
{
	unsigned int offset = addr - (unsigned long)_text;
	unsigned int low = 0, high = kallsyms_num;

	if (!kallsyms_num || !is_kernel_text(addr))
		return false;
	while (high - low > 1) {
		unsigned int mid = low + (high - low) / 2;

		if (kallsyms_offsets[mid] <= offset)
			low = mid;
		else
			high = mid;
	}
	return kallsyms_nth(low, symbol);
}

bool symbol_lookup(unsigned long addr, struct symbol *symbol)
{
	struct symbol_table *table;
	unsigned long flags;
	bool found = kernel_lookup(addr, symbol);

	if (found)
		return true;
	spin_lock_irqsave(&symbol_tables_lock, flags);
	list_for_each_entry(table, &symbol_tables, list) {
		found = table->lookup(table, addr, symbol);
		if (found)
			break;
	}
	spin_unlock_irqrestore(&symbol_tables_lock, flags);
	return found;
}

bool symbol_address_is_code(unsigned long addr)
{
	struct symbol symbol;

	return symbol_lookup(addr, &symbol);
}

int sprint_symbol(char *buf, size_t size, unsigned long addr)
{
	struct symbol symbol;
	int len;

	if (!symbol_lookup(addr, &symbol))
		return scnprintf(buf, size, "0x%lx", addr);
	len = scnprintf(buf, size, "%s+0x%lx/0x%lx", symbol.name, addr - symbol.start, symbol.size);
	if (symbol.module)
		len += scnprintf(buf + len, size - len, " [%s]", symbol.module);
	return len;
}

void symbol_table_register(struct symbol_table *table)
{
	unsigned long flags;

	spin_lock_irqsave(&symbol_tables_lock, flags);
	list_add_tail(&table->list, &symbol_tables);
	spin_unlock_irqrestore(&symbol_tables_lock, flags);
}

void symbol_table_unregister(struct symbol_table *table)
{
	unsigned long flags;

	spin_lock_irqsave(&symbol_tables_lock, flags);
	list_del(&table->list);
	spin_unlock_irqrestore(&symbol_tables_lock, flags);
}

/* %pS wants the offset, %ps the name alone. */
static int symbolize(char *buf, size_t size, unsigned long addr, bool offset)
{
	struct symbol symbol;

	if (offset || !symbol_lookup(addr, &symbol))
		return sprint_symbol(buf, size, addr);
	return scnprintf(buf, size, "%s", symbol.name);
}

void symbols_init(void)
{
	vsprintf_set_symbolizer(symbolize);
}
