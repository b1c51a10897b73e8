/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes the loader of modules: what it accepts lies inside the memory that it asked for, code with
 * code and data with data, and no section in another. The other architecture's files are among the
 * seeds, to be refused.
 */
#include "fuzz.h"

#include <kernel/lib/ctype.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/string.h>
#include <kernel/module/loader.h>
#include <mm/slab.h>

#include "tools/testing/host/libc.h"

/* What the kernel exports: names that begin with a letter, by their length near the module. */
int use_symbol(struct load_info *info, const char *name, unsigned long *value)
{
	if (!isalpha(*name))
		return -ENOENT;
	*value = (unsigned long)info->module->core.base + 16 * strlen(name);
	return 0;
}

/* Module space: two areas within reach of each other. The page behind each stays as it is. */
static u8 space[2][SZ_1M + PAGE_SIZE] __aligned(PAGE_SIZE);
static unsigned int used;
static unsigned long sizes[2];

void module_memfree(void *base)
{
	FUZZ_ASSERT(!base || base == space[0]);
}

void *module_alloc(unsigned long size)
{
	FUZZ_ASSERT(size && IS_ALIGNED(size, PAGE_SIZE) && used < 2);
	if (size > SZ_1M)
		return NULL;
	memset(space[used], 0, size);
	memset(space[used] + size, 0xa5, PAGE_SIZE);
	sizes[used] = size;
	return space[used++];
}

static void check_ends(void)
{
	unsigned int n, i;

	for (n = 0; n < used; n++)
		for (i = 0; i < PAGE_SIZE; i++)
			FUZZ_ASSERT(space[n][sizes[n] + i] == 0xa5);
	used = 0;
}

/* --- What must be true of what was accepted --- */

static bool is_inside(const struct module_area *area, const struct elf_shdr *section)
{
	return section->sh_addr >= (unsigned long)area->base &&
	       section->sh_addr + section->sh_size <= (unsigned long)area->base + area->size;
}

static void check_section(const struct module *module, const struct elf_shdr *section)
{
	const struct module_area *area = is_inside(&module->core, section) ? &module->core
									   : &module->init;
	unsigned long end = section->sh_addr + section->sh_size - (unsigned long)area->base;

	FUZZ_ASSERT(is_inside(area, section));
	if (section->sh_flags & SHF_EXECINSTR)
		FUZZ_ASSERT(end <= area->code_size && area->code_size <= area->text_size);
	else if (section->sh_flags & SHF_WRITE)
		FUZZ_ASSERT(section->sh_addr >= (unsigned long)area->base + area->ro_size);
	else
		FUZZ_ASSERT(end <= area->ro_size &&
			    section->sh_addr >= (unsigned long)area->base + area->text_size);
}

static void check_sections(const struct load_info *info)
{
	const struct elf_shdr *section, *other, *end = info->sections + info->nr_sections;

	for (section = info->sections; section < end; section++) {
		if (!section->sh_addr)
			continue;
		check_section(info->module, section);
		for (other = info->sections; other < section; other++)
			FUZZ_ASSERT(!other->sh_addr ||
				    other->sh_addr + other->sh_size <= section->sh_addr ||
				    section->sh_addr + section->sh_size <= other->sh_addr);
	}
}

static void check_names(const struct module_area *area)
{
	unsigned int n;

	for (n = 0; n < area->symbols.count; n++) {
		FUZZ_ASSERT(area->entries[n].start >= area->symbols.start);
		FUZZ_ASSERT(area->entries[n].start < area->symbols.code_end);
		FUZZ_ASSERT(*area->entries[n].name);
		fuzz_touch(area->entries[n].name, strlen(area->entries[n].name) + 1);
	}
}

static void check_result(const struct load_info *info)
{
	check_sections(info);
	check_names(&info->module->core);
	check_names(&info->module->init);
	find_function(info, "init_module");
}

/* --- The steps, as load_module() takes them --- */

static int load(struct load_info *info)
{
	int err = check_module_file(info);

	err = err ?: move_module(info);
	err = err ?: resolve_symbols(info);
	err = err ?: apply_relocations(info);
	return err ?: make_symbol_tables(info);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct load_info info = { .name = "file", .size = size };
	int err;

	info.file = host_alloc(size + !size, 16);
	memcpy(info.file, data, size);
	err = load(&info);
	FUZZ_ASSERT(err == 0 || err == -ENOEXEC || err == -ENOENT || err == -ENOMEM);
	if (!err)
		check_result(&info);
	check_ends();
	if (info.module) {
		kfree(info.module->core.entries);
		kfree(info.module->init.entries);
	}
	host_free(info.file);
	return 0;
}
