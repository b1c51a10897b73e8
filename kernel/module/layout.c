/* SPDX-License-Identifier: MIT */
/*
 * Where the sections of a module lie.
 *
 * A module has up to two areas: what it needs until it is removed, and what only its init function
 * needs (sections whose names begin with .init). In each, sections with the same permissions lie
 * together: code first, then constants, then data, each part on pages of its own. Behind the code
 * is room for a veneer for each branch (relocate.c).
 *
 * Linux counterpart: kernel/module/main.c (layout_sections, move_module)
 */
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/string.h>
#include <kernel/module/loader.h>

/* An area that is larger is refused: it would not fit into module space anyway. */
#define AREA_MAX (MODULES_END - MODULES_VADDR)

/* The module's own record lies at the end of its data, in reach of its code: it is THIS_MODULE. */
#define RECORD_SIZE ALIGN(sizeof(struct module), 16)

enum part { TEXT, RODATA, DATA, NR_PARTS };

static bool is_loaded(const struct elf_shdr *section)
{
	return section->sh_flags & SHF_ALLOC && section->sh_size;
}

/* A table for the code of another section goes with it (arm's unwind tables). */
bool is_init_section(const struct load_info *info, unsigned int n)
{
	if (info->sections[n].sh_flags & SHF_LINK_ORDER)
		n = info->sections[n].sh_link;
	return !strncmp(section_name(info, n), ".init", 5);
}

static enum part part_of(const struct elf_shdr *section)
{
	return section->sh_flags & SHF_EXECINSTR ? TEXT
	       : section->sh_flags & SHF_WRITE   ? DATA
						 : RODATA;
}

/* The branches of an area, each of which may need a veneer. */
static unsigned long count_branches(const struct load_info *info, bool init)
{
	const struct elf_reloc *reloc, *end;
	const struct elf_shdr *section;
	unsigned long count = 0;
	unsigned int n;

	for (n = 1; n < info->nr_sections; n++) {
		section = &info->sections[n];
		if (section->sh_type != SHT_RELOC ||
		    is_init_section(info, section->sh_info) != init ||
		    !is_loaded(&info->sections[section->sh_info]))
			continue;
		reloc = (void *)(info->file + section->sh_offset);
		end = reloc + section->sh_size / sizeof(*reloc);
		for (; reloc < end; reloc++)
			count += is_branch_relocation(ELF_R_TYPE(reloc->r_info));
	}
	return count;
}

/* Places the sections of one part behind size. Until copy_sections(), sh_addr is the offset. */
static u64 place_part(struct load_info *info, bool init, enum part part, u64 size)
{
	struct elf_shdr *section;
	unsigned int n;

	for (n = 1; n < info->nr_sections; n++) {
		section = &info->sections[n];
		if (!is_loaded(section) || is_init_section(info, n) != init ||
		    part_of(section) != part)
			continue;
		if (section->sh_size > AREA_MAX) /* or the sum below might wrap */
			return AREA_MAX + 1;
		size = ALIGN(size, max((u64)section->sh_addralign, (u64)1));
		section->sh_addr = size;
		size += section->sh_size;
	}
	return size;
}

static int lay_out_area(struct load_info *info, bool init, struct module_area *area)
{
	u64 size = place_part(info, init, TEXT, 0);

	area->code_size = size = size ? ALIGN(size, (u64)VENEER_SIZE) : 0;
	size += size ? count_branches(info, init) * VENEER_SIZE : 0;
	area->text_size = size = ALIGN(size, (u64)PAGE_SIZE);
	size = place_part(info, init, RODATA, size);
	area->ro_size = size = ALIGN(size, (u64)PAGE_SIZE);
	size = place_part(info, init, DATA, size) + (init ? 0 : RECORD_SIZE);
	area->size = size = ALIGN(size, (u64)PAGE_SIZE);
	return size > AREA_MAX ? refuse(info, "%llu KiB are more than module space has",
					(unsigned long long)size / SZ_1K)
			       : 0;
}

/* Turns offsets into addresses, and copies what the file has of each section. */
static void copy_sections(struct load_info *info)
{
	struct elf_shdr *section;
	unsigned int n;
	u8 *base;

	for (n = 1; n < info->nr_sections; n++) {
		section = &info->sections[n];
		if (!is_loaded(section))
			continue;
		base = is_init_section(info, n) ? info->module->init.base : info->module->core.base;
		section->sh_addr += (unsigned long)base;
		if (section->sh_type != SHT_NOBITS)
			memcpy((void *)(unsigned long)section->sh_addr,
			       info->file + section->sh_offset, section->sh_size);
	}
}

int move_module(struct load_info *info)
{
	struct module_area core = {}, init = {};
	int err = lay_out_area(info, false, &core);

	err = err ?: lay_out_area(info, true, &init);
	if (err)
		return err;
	core.base = module_alloc(core.size);
	if (core.base && init.size)
		init.base = module_alloc(init.size);
	if (!core.base || (init.size && !init.base)) {
		module_memfree(core.base);
		return -ENOMEM;
	}
	info->module = (void *)((u8 *)core.base + core.size - RECORD_SIZE);
	*info->module = (struct module){ .core = core, .init = init };
	copy_sections(info);
	return 0;
}
