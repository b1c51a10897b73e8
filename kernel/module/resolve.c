/* SPDX-License-Identifier: MIT */
/*
 * Names: those that a module takes from other code, and those that it has itself.
 *
 * Linux counterpart: kernel/module/main.c (simplify_symbols), kernel/module/kallsyms.c
 */
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/module/loader.h>
#include <mm/slab.h>

static const char *symbol_name(const struct load_info *info, const struct elf_sym *symbol)
{
	return info->strings + symbol->st_name;
}

/* --- Those of other code --- */

static int resolve_undefined(struct load_info *info, struct elf_sym *symbol)
{
	const char *name = symbol_name(info, symbol);
	unsigned long value = 0;
	int err = 0;

	if (!strcmp(name, "__this_module"))
		value = (unsigned long)info->module;
	else
		err = use_symbol(info, name, &value);
	symbol->st_value = value;
	if (err != -ENOENT || ELF_ST_BIND(symbol->st_info) == STB_WEAK)
		return err == -ENOENT ? 0 : err;
	refuse(info, "it uses %s, which neither the kernel nor a loaded module exports", name);
	return err;
}

/* The first symbol has no meaning, and its value is 0. */
int resolve_symbols(struct load_info *info)
{
	struct elf_sym *symbol = info->symbols + 1;
	int err = 0;

	for (; symbol < info->symbols + info->nr_symbols && !err; symbol++) {
		if (symbol->st_shndx == SHN_UNDEF)
			err = resolve_undefined(info, symbol);
		else if (symbol->st_shndx < SHN_LORESERVE)
			symbol->st_value += info->sections[symbol->st_shndx].sh_addr;
	}
	return err;
}

/* --- Its own --- */

/* Whether a symbol is in code that was loaded. */
static bool is_code(const struct load_info *info, const struct elf_sym *symbol)
{
	const struct elf_shdr *section;

	if (symbol->st_shndx == SHN_UNDEF || symbol->st_shndx >= SHN_LORESERVE)
		return false;
	section = &info->sections[symbol->st_shndx];
	return section->sh_addr && section->sh_flags & SHF_EXECINSTR;
}

void *find_function(const struct load_info *info, const char *name)
{
	const struct elf_sym *symbol;

	for (symbol = info->symbols; symbol < info->symbols + info->nr_symbols; symbol++)
		if (is_code(info, symbol) && !strcmp(symbol_name(info, symbol), name))
			return (void *)(unsigned long)symbol->st_value;
	return NULL;
}

/* A function of this area with a name for people: "$x" and ".L1" are marks of the assembler. */
static bool is_listed(const struct load_info *info, const struct module_area *area,
		      const struct elf_sym *symbol)
{
	const char *name = symbol_name(info, symbol);
	unsigned int type = ELF_ST_TYPE(symbol->st_info);

	return is_code(info, symbol) && (type == STT_FUNC || type == STT_NOTYPE) && *name &&
	       *name != '$' && *name != '.' &&
	       symbol->st_value - (unsigned long)area->base < area->code_size;
}

/* Counts the names of an area, and the bytes that they need with their NULs. */
static unsigned int count_names(const struct load_info *info, const struct module_area *area,
				size_t *bytes)
{
	const struct elf_sym *symbol;
	unsigned int count = 0;

	*bytes = 0;
	for (symbol = info->symbols; symbol < info->symbols + info->nr_symbols; symbol++) {
		if (!is_listed(info, area, symbol))
			continue;
		*bytes += strlen(symbol_name(info, symbol)) + 1;
		count++;
	}
	return count;
}

/* arm's index for the code of an area; arm64 has frame records instead. */
static const struct elf_shdr *find_unwind(const struct load_info *info, bool init)
{
	unsigned int n;

	for (n = 1; n < info->nr_sections; n++)
		if (info->sections[n].sh_type == SHT_UNWIND && is_init_section(info, n) == init)
			return &info->sections[n];
	return NULL;
}

static int make_table(const struct load_info *info, struct module_area *area)
{
	const struct elf_shdr *unwind = find_unwind(info, area == &info->module->init);
	const struct elf_sym *symbol;
	struct symbol_entry *entry;
	unsigned int count;
	size_t bytes;
	char *name;

	count = count_names(info, area, &bytes);
	/* One byte more, so that an empty table is memory too. */
	area->entries = kmalloc(count * sizeof(*entry) + bytes + 1, GFP_KERNEL);
	if (!area->entries)
		return -ENOMEM;
	entry = area->entries;
	name = (char *)(area->entries + count);
	for (symbol = info->symbols; symbol < info->symbols + info->nr_symbols; symbol++) {
		if (!is_listed(info, area, symbol))
			continue;
		*entry++ = (struct symbol_entry){ symbol->st_value, name };
		name += strscpy(name, symbol_name(info, symbol), bytes) + 1;
	}
	area->symbols = (struct symbol_table){
		.module = info->module->name,
		.start = (unsigned long)area->base,
		.code_end = (unsigned long)area->base + area->code_size,
		.end = (unsigned long)area->base + area->size,
		.entries = area->entries,
		.count = count,
		.unwind = unwind ? (const void *)(unsigned long)unwind->sh_addr : NULL,
		.unwind_size = unwind ? unwind->sh_size : 0,
	};
	return 0;
}

int make_symbol_tables(struct load_info *info)
{
	struct module *module = info->module;
	int err = make_table(info, &module->core);

	return !err && module->init.base ? make_table(info, &module->init) : err;
}
