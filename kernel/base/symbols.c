/* SPDX-License-Identifier: MIT */
/*
 * The symbol table in the image. The build links, makes the table from the names of that link, and
 * links again with it, until the table agrees with the image around it (tools/link.sh). The last
 * entry is the end of all code, so that every symbol has a next one.
 *
 * Linux counterpart: kernel/kallsyms.c (there compressed).
 */
#include <kernel/base/sections.h>
#include <kernel/base/symbols.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>

extern const unsigned int kallsyms_num;
extern const unsigned int kallsyms_offsets[];      /* from _text, ascending */
extern const unsigned int kallsyms_name_offsets[]; /* into kallsyms_names */
extern const char kallsyms_names[];

static void fill_symbol(unsigned int n, struct symbol *symbol)
{
	symbol->name = kallsyms_names + kallsyms_name_offsets[n];
	symbol->start = (unsigned long)_text + kallsyms_offsets[n];
	symbol->size = kallsyms_offsets[n + 1] - kallsyms_offsets[n];
}

bool kallsyms_nth(unsigned int n, struct symbol *symbol)
{
	if (n + 1 >= kallsyms_num)
		return false;
	fill_symbol(n, symbol);
	return true;
}

bool symbol_lookup(unsigned long addr, struct symbol *symbol)
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

bool symbol_address_is_code(unsigned long addr)
{
	struct symbol symbol;

	return symbol_lookup(addr, &symbol);
}

int sprint_symbol(char *buf, size_t size, unsigned long addr)
{
	struct symbol symbol;

	if (!symbol_lookup(addr, &symbol))
		return scnprintf(buf, size, "0x%lx", addr);
	return scnprintf(buf, size, "%s+0x%lx/0x%lx", symbol.name, addr - symbol.start,
			 symbol.size);
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
