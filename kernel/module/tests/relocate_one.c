/* SPDX-License-Identifier: MIT */
/* Host: a file with one section of code, one symbol and one relocation. See relocate_one.h. */
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <kernel/module/loader.h>
#include <kernel/module/tests/relocate_one.h>

#define CODE_SIZE 64

static u8 code[PAGE_SIZE] __aligned(PAGE_SIZE);
static struct module module;
static char message[128];

/* The second half of a page, so that its offset in the page is not 0. */
static u8 *const place = code + PAGE_SIZE / 2;

/* In place of elf.c's: keeps the message. */
int refuse(const struct load_info *info, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vscnprintf(message, sizeof(message), fmt, args);
	va_end(args);
	return -1;
}

unsigned long place_address(void)
{
	return (unsigned long)place;
}

#if SHT_RELOC == SHT_RELA
#define RELOC(number, sum) { .r_offset = 0, .r_info = ((u64)1 << 32) + (number), .r_addend = (sum) }
#else
#define RELOC(number, sum) { .r_offset = 0, .r_info = (1 << 8) + (number) }
#endif

static int relocate(unsigned int type, u32 before, long addend, long distance)
{
	struct elf_reloc reloc = RELOC(type, addend);
	struct elf_sym symbols[] = {
		{},
		{ .st_shndx = SHN_ABS, .st_value = (unsigned long)place + distance },
	};
	struct elf_shdr sections[] = {
		{},
		{ .sh_addr = (unsigned long)place, .sh_size = CODE_SIZE },
		{ .sh_type = SHT_RELOC, .sh_info = 1, .sh_size = sizeof(reloc) },
	};
	struct load_info info = {
		.file = (u8 *)&reloc,
		.sections = sections,
		.nr_sections = ARRAY_SIZE(sections),
		.section_names = "",
		.symbols = symbols,
		.nr_symbols = ARRAY_SIZE(symbols),
		.module = &module,
	};

	module.core = (struct module_area){
		.base = place,
		.code_size = CODE_SIZE,
		.size = PAGE_SIZE / 2,
	};
	message[0] = '\0';
	memset(place, 0, PAGE_SIZE / 2);
	memcpy(place, &before, sizeof(before));
	return apply_relocations(&info);
}

u32 relocate_at(unsigned int type, u32 before, long addend, long distance)
{
	u32 after;

	if (relocate(type, before, addend, distance))
		return 0;
	memcpy(&after, place, sizeof(after));
	return after;
}

const char *refusal_at(unsigned int type, u32 before, long addend, long distance)
{
	const char *colon;

	relocate(type, before, addend, distance);
	colon = strrchr(message, ':');
	return colon ? colon + 2 : "";
}

unsigned int veneers_used(void)
{
	return (module.core.code_size - CODE_SIZE) / VENEER_SIZE;
}

u32 veneer_word(unsigned int n)
{
	u32 word;

	memcpy(&word, place + CODE_SIZE + 4 * n, sizeof(word));
	return word;
}

unsigned long veneer_address(unsigned int n)
{
	unsigned long address;

	memcpy(&address, place + CODE_SIZE + 4 * n, sizeof(address));
	return address;
}
