/* SPDX-License-Identifier: MIT */
/*
 * The file of a module: what must be true of it before anything in it is used.
 *
 * The file comes from outside. All offsets, sizes, indices and names that the loader uses later are
 * checked here, against the file's size and against each other. What depends on addresses is
 * checked when it is used (resolve.c, relocate.c). Two sections may not share bytes of the file,
 * because the loader changes symbols in place: what was checked stays as it was.
 *
 * Linux counterpart: kernel/module/main.c (elf_validity_check, setup_load_info, check_modinfo)
 */
#define pr_fmt(fmt) "module: " fmt

#include <kernel/base/printk.h>
#include <kernel/lib/ctype.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <kernel/module/loader.h>
#include <kernel/module/vermagic.h>

/* Far more than a compiler makes; each is compared with each. */
#define SECTIONS_MAX 1024

int refuse(const struct load_info *info, const char *fmt, ...)
{
	char reason[160];
	va_list args;

	va_start(args, fmt);
	vscnprintf(reason, sizeof(reason), fmt, args);
	va_end(args);
	pr_err("%s: %s\n", info->name, reason);
	return -ENOEXEC;
}

/* --- The header --- */

static const char *machine_name(unsigned int machine)
{
	return machine == EM_ARM ? "arm" : machine == EM_AARCH64 ? "arm64" : "another machine";
}

static const char *header_refusal(const struct elfhdr *header, u64 size)
{
	if (header->e_ident[EI_CLASS] != ELF_CLASS)
		return ELF_CLASS == ELFCLASS64 ? "not a 64-bit file" : "not a 32-bit file";
	if (header->e_type != ET_REL)
		return "not object code (ET_REL): a linked program is not a module";
	if (header->e_shentsize != sizeof(struct elf_shdr))
		return "the size of a section header is wrong";
	if (!header->e_shnum || header->e_shnum > SECTIONS_MAX)
		return "no sections, or too many";
	if (!IS_ALIGNED(header->e_shoff, sizeof(long)) || header->e_shoff < sizeof(*header))
		return "the section headers are not aligned, or overlap the file's header";
	if (header->e_shoff > size ||
	    header->e_shnum * sizeof(struct elf_shdr) > size - header->e_shoff)
		return "the section headers lie outside the file: it is cut off";
	if (!header->e_shstrndx || header->e_shstrndx >= header->e_shnum)
		return "there is no section with the sections' names";
	return NULL;
}

/* What says whether the rest can be understood; it is at the same place for every machine. */
static int check_machine(const struct load_info *info, const struct elfhdr *header)
{
	if (info->size < EI_NIDENT || memcmp(header->e_ident, ELFMAG, SELFMAG))
		return refuse(info, "not an ELF file");
	if (info->size < sizeof(*header))
		return refuse(info, "cut off inside its header");
	if (header->e_ident[EI_DATA] != ELFDATA2LSB)
		return refuse(info, "not little-endian");
	if (header->e_machine == ELF_ARCH)
		return 0;
	return refuse(info, "made for %s (machine %u), and this is %s",
		      machine_name(header->e_machine), header->e_machine, machine_name(ELF_ARCH));
}

static int check_header(struct load_info *info)
{
	const struct elfhdr *header = (void *)info->file;
	int err = check_machine(info, header);
	const char *reason;

	if (err)
		return err;
	reason = header_refusal(header, info->size);
	if (reason)
		return refuse(info, "%s", reason);
	info->header = header;
	info->sections = (void *)(info->file + header->e_shoff);
	info->nr_sections = header->e_shnum;
	return 0;
}

/* --- Sections --- */

/* Bytes of the file that a section takes up. */
static u64 file_bytes(const struct elf_shdr *section)
{
	return section->sh_type == SHT_NOBITS ? 0 : section->sh_size;
}

static bool is_outside(const struct load_info *info, const struct elf_shdr *section)
{
	return section->sh_offset > info->size ||
	       file_bytes(section) > info->size - section->sh_offset;
}

static const char *section_refusal(const struct load_info *info, const struct elf_shdr *section)
{
	const u64 align = section->sh_addralign;

	if (is_outside(info, section))
		return "lies outside the file: it is cut off";
	if (align > PAGE_SIZE || (align & (align - 1)))
		return "has an alignment that is not a power of two up to a page";
	if (section->sh_flags & SHF_LINK_ORDER && section->sh_link >= info->nr_sections)
		return "goes with a section that does not exist";
	if (!(section->sh_flags & SHF_ALLOC))
		return NULL;
	if (section->sh_flags & SHF_WRITE && section->sh_flags & SHF_EXECINSTR)
		return "is both writable and executable";
	if (section->sh_flags & SHF_TLS)
		return "has thread-local variables, which the kernel does not support";
	if (section->sh_flags & SHF_EXECINSTR && section->sh_type != SHT_PROGBITS)
		return "is executable, and is not code";
	return NULL;
}

/* Section n, and another range of the file. */
static int check_apart(const struct load_info *info, unsigned int n, u64 start, u64 size)
{
	const struct elf_shdr *section = &info->sections[n];

	if (!size || !file_bytes(section) || start + size <= section->sh_offset ||
	    section->sh_offset + file_bytes(section) <= start)
		return 0;
	return refuse(info, "section %u overlaps another part of the file", n);
}

static int check_overlaps(const struct load_info *info)
{
	const u64 headers = info->nr_sections * sizeof(struct elf_shdr);
	unsigned int n, other;
	int err = 0;

	for (n = 1; n < info->nr_sections && !err; n++) {
		err = check_apart(info, n, 0, sizeof(*info->header));
		err = err ?: check_apart(info, n, info->header->e_shoff, headers);
		for (other = 1; other < n && !err; other++)
			err = check_apart(info, n, info->sections[other].sh_offset,
					  file_bytes(&info->sections[other]));
	}
	return err;
}

/* A table of names: it ends in a NUL, so that a name inside it does. */
static bool is_string_table(const struct load_info *info, unsigned int n)
{
	const struct elf_shdr *section = &info->sections[n];

	return section->sh_type == SHT_STRTAB && section->sh_size &&
	       !info->file[section->sh_offset + section->sh_size - 1];
}

static int check_names(struct load_info *info)
{
	const struct elf_shdr *names = &info->sections[info->header->e_shstrndx];
	unsigned int n;

	if (!is_string_table(info, info->header->e_shstrndx))
		return refuse(info, "the sections' names are not a table of strings");
	info->section_names = (char *)info->file + names->sh_offset;
	for (n = 0; n < info->nr_sections; n++)
		if (info->sections[n].sh_name >= names->sh_size)
			return refuse(info, "section %u has its name outside the names", n);
	return 0;
}

static int check_sections(struct load_info *info)
{
	const char *reason;
	unsigned int n;
	int err;

	for (n = 1; n < info->nr_sections; n++) {
		reason = section_refusal(info, &info->sections[n]);
		if (reason)
			return refuse(info, "section %u %s", n, reason);
		info->sections[n].sh_addr = 0; /* from here on: where it lies in memory */
	}
	info->sections[0] = (struct elf_shdr){};
	err = check_overlaps(info);
	return err ?: check_names(info);
}

/* --- Symbols and relocations --- */

/* A table of entries of this size, which can be read where they are. */
static bool is_table(const struct elf_shdr *section, unsigned long entry)
{
	return section->sh_entsize == entry && section->sh_size % entry == 0 &&
	       IS_ALIGNED(section->sh_offset, sizeof(long));
}

static const char *symbol_refusal(const struct load_info *info, const struct elf_sym *symbol,
				  u64 names_size)
{
	unsigned int section = symbol->st_shndx;

	if (symbol->st_name >= names_size)
		return "has its name outside the names";
	if (section == SHN_COMMON)
		return "is common to several files: compile with -fno-common";
	if (section == SHN_UNDEF || section == SHN_ABS)
		return NULL;
	if (section >= info->nr_sections)
		return "is in a section that does not exist";
	if (symbol->st_value > info->sections[section].sh_size)
		return "lies outside its section";
	return NULL;
}

static int check_symbols(struct load_info *info, const struct elf_shdr *table)
{
	const struct elf_shdr *names;
	const char *reason;
	unsigned int n;

	if (!is_table(table, sizeof(struct elf_sym)))
		return refuse(info, "the table of symbols is not one");
	if (table->sh_link >= info->nr_sections || !is_string_table(info, table->sh_link))
		return refuse(info, "the symbols' names are not a table of strings");
	names = &info->sections[table->sh_link];
	info->symbols = (void *)(info->file + table->sh_offset);
	info->nr_symbols = table->sh_size / sizeof(struct elf_sym);
	info->strings = (char *)info->file + names->sh_offset;
	for (n = 0; n < info->nr_symbols; n++) {
		reason = symbol_refusal(info, &info->symbols[n], names->sh_size);
		if (reason)
			return refuse(info, "symbol %u %s", n, reason);
	}
	return 0;
}

/* Finds the table of symbols, and returns its number in *table. */
static int find_symbols(struct load_info *info, unsigned int *table)
{
	unsigned int n;

	*table = 0;
	for (n = 1; n < info->nr_sections; n++) {
		if (info->sections[n].sh_type != SHT_SYMTAB)
			continue;
		if (*table)
			return refuse(info, "there are two tables of symbols");
		*table = n;
	}
	if (!*table)
		return refuse(info, "there is no table of symbols: the file is stripped");
	return check_symbols(info, &info->sections[*table]);
}

/* Of a section of relocations. Those of what is not loaded, as debug information, are not used. */
static const char *relocs_refusal(const struct load_info *info, const struct elf_shdr *section,
				  unsigned int symbols)
{
	if (section->sh_info >= info->nr_sections)
		return "is for a section that does not exist";
	if (!(info->sections[section->sh_info].sh_flags & SHF_ALLOC))
		return NULL;
	if (section->sh_type != SHT_RELOC)
		return "has relocations of a form that this machine does not use";
	if (!is_table(section, sizeof(struct elf_reloc)))
		return "is not a table of relocations";
	if (section->sh_link != symbols)
		return "belongs to another table of symbols";
	if (info->sections[section->sh_info].sh_type == SHT_NOBITS)
		return "changes a section that has no contents";
	return NULL;
}

static int check_relocations(const struct load_info *info, unsigned int symbols)
{
	const struct elf_shdr *section;
	const char *reason;
	unsigned int n;

	for (n = 1; n < info->nr_sections; n++) {
		section = &info->sections[n];
		if (section->sh_type != SHT_REL && section->sh_type != SHT_RELA)
			continue;
		reason = section->sh_flags & SHF_ALLOC ? "is of a file that was linked"
						       : relocs_refusal(info, section, symbols);
		if (reason)
			return refuse(info, "section %u %s", n, reason);
	}
	return 0;
}

/* --- What it says of itself --- */

static const struct elf_shdr *find_section(const struct load_info *info, const char *name)
{
	unsigned int n;

	for (n = 1; n < info->nr_sections; n++)
		if (!strcmp(section_name(info, n), name))
			return &info->sections[n];
	return NULL;
}

/* The section is "tag=value" strings, each with its NUL, and maybe more NULs between them. */
const char *get_modinfo(const struct load_info *info, const char *tag)
{
	const struct elf_shdr *section = find_section(info, ".modinfo");
	const char *text = (char *)info->file + (section ? section->sh_offset : 0);
	const char *end = text + (section ? file_bytes(section) : 0);
	size_t len = strlen(tag);

	if (text == end || end[-1]) /* the last string is cut off */
		return NULL;
	for (; text < end; text += strlen(text) + 1)
		if (!strncmp(text, tag, len) && text[len] == '=')
			return text + len + 1;
	return NULL;
}

static bool is_name(const char *name)
{
	size_t len = strlen(name);

	while (*name == '_' || *name == '-' || isalnum(*name))
		name++;
	return len && len < MODULE_NAME_LEN && !*name;
}

static int check_modinfo(struct load_info *info)
{
	const char *name = get_modinfo(info, "name"), *magic = get_modinfo(info, "vermagic");

	if (!name || !is_name(name) || !magic)
		return refuse(info, "it does not say what it is: no name or no vermagic");
	info->name = name;
	if (strcmp(magic, VERMAGIC_STRING))
		return refuse(info, "made for kernel '%s', and this is '%s'", magic,
			      VERMAGIC_STRING);
	return 0;
}

int check_module_file(struct load_info *info)
{
	unsigned int symbols;
	int err = check_header(info);

	err = err ?: check_sections(info);
	err = err ?: find_symbols(info, &symbols);
	err = err ?: check_relocations(info, symbols);
	return err ?: check_modinfo(info);
}
