/* SPDX-License-Identifier: MIT */
/*
 * Relocations: a section was compiled without knowing where it and all others will lie, and names
 * each place that depends on that, with what has to be written there.
 *
 * A branch has few bits for its distance. Module space is in reach of the kernel; when it is full,
 * a module lies elsewhere, and a branch that does not reach goes to a veneer: a jump with room for
 * the whole address, behind the code of the same area. layout.c has left room for one for each
 * branch, and only those that are needed are written.
 *
 * Linux counterpart: kernel/module/main.c (apply_relocations), arch/<name>/kernel/module-plts.c
 */
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/module/loader.h>
#include <kernel/module/relocate.h>

#define RELOC_PAGE_MASK 0xfffUL

static const struct relocation_type *find_type(unsigned int number)
{
	const struct relocation_type *type;

	for (type = relocation_types; type->name; type++)
		if (type->type == number)
			return type;
	return NULL;
}

bool is_branch_relocation(unsigned int number)
{
	const struct relocation_type *type = find_type(number);

	return type && type->flags & RELOC_BRANCH;
}

/* Whether value, as a signed number, fits into the field with what is cut off below. */
static bool fits(const struct relocation_type *type, long value)
{
	unsigned int bits = type->width + type->shift;
	long top = bits < 8 * sizeof(long) ? value >> (bits - 1) : 0;

	return !(type->flags & RELOC_CHECKED) || top == 0 || top == -1;
}

/* The distance to a new veneer that leads to the branch's target. */
static unsigned long branch_to_veneer(struct module_area *area, unsigned long place,
				      unsigned long value)
{
	u8 *veneer = (u8 *)area->base + area->code_size;

	area->code_size += VENEER_SIZE;
	make_veneer(veneer, place + BRANCH_BIAS + value);
	return (unsigned long)veneer - BRANCH_BIAS - place;
}

/* Returns NULL, or why not. */
static const char *apply(const struct relocation_type *type, struct module_area *area, void *place,
			 unsigned long address)
{
	unsigned long from = type->base == FROM_ZERO ? 0 : (unsigned long)place, value;

	if (type->base == FROM_PAGE) {
		address &= ~RELOC_PAGE_MASK;
		from &= ~RELOC_PAGE_MASK;
	}
	value = address - from;
	if (type->flags & RELOC_ALIGNED && value & ((1UL << type->shift) - 1))
		return "the target is not aligned";
	if (!fits(type, value) && type->flags & RELOC_BRANCH)
		value = branch_to_veneer(area, from, value);
	if (!fits(type, value))
		return "the target is out of reach";
	set_relocation_field(type, place, value >> type->shift);
	return NULL;
}

/* One relocation of section target, which lies in area. */
static const char *relocate(struct load_info *info, const struct elf_reloc *reloc,
			    struct module_area *area, const struct elf_shdr *target)
{
	const struct relocation_type *type = find_type(ELF_R_TYPE(reloc->r_info));
	const struct elf_sym *symbol;
	u8 *place;

	if (!type)
		return "it is not known here";
	if (!type->size)
		return NULL;
	if (reloc->r_offset > target->sh_size || type->size > target->sh_size - reloc->r_offset)
		return "it lies outside its section";
	if (ELF_R_SYM(reloc->r_info) >= info->nr_symbols)
		return "there is no such symbol";
	symbol = &info->symbols[ELF_R_SYM(reloc->r_info)];
	if (symbol->st_shndx != SHN_UNDEF && symbol->st_shndx < SHN_LORESERVE &&
	    !info->sections[symbol->st_shndx].sh_addr)
		return "its symbol is in a section that is not loaded";
	place = (u8 *)(unsigned long)target->sh_addr + reloc->r_offset;
	return apply(type, area, place, symbol->st_value + relocation_addend(type, reloc, place));
}

static struct module_area *area_of(struct load_info *info, unsigned long addr)
{
	struct module *module = info->module;

	return addr - (unsigned long)module->core.base < module->core.size ? &module->core
									   : &module->init;
}

/* All relocations of section n. */
static int relocate_section(struct load_info *info, unsigned int n)
{
	const struct elf_shdr *section = &info->sections[n];
	const struct elf_shdr *target = &info->sections[section->sh_info];
	const struct elf_reloc *relocs = (void *)(info->file + section->sh_offset);
	struct module_area *area = area_of(info, target->sh_addr);
	unsigned int i, count = section->sh_size / sizeof(*relocs);
	const struct relocation_type *type;
	const char *reason;

	for (i = 0; i < count; i++) {
		reason = relocate(info, &relocs[i], area, target);
		if (!reason)
			continue;
		type = find_type(ELF_R_TYPE(relocs[i].r_info));
		return refuse(info, "relocation %u of %s, type %u%s%s: %s", i,
			      section_name(info, section->sh_info),
			      (unsigned int)ELF_R_TYPE(relocs[i].r_info), type ? " " : "",
			      type ? type->name : "", reason);
	}
	return 0;
}

int apply_relocations(struct load_info *info)
{
	unsigned int n;
	int err = 0;

	for (n = 1; n < info->nr_sections && !err; n++)
		if (info->sections[n].sh_type == SHT_RELOC &&
		    info->sections[info->sections[n].sh_info].sh_addr)
			err = relocate_section(info, n);
	return err;
}
