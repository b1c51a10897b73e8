/* SPDX-License-Identifier: MIT */
/* Every refusal of the ELF loader: a good header, with one field at a time made wrong. */

#include <kernel/base/kunit.h>
#include <kernel/exec/binfmt_elf.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>

#define FILE_SIZE 0x10000

static const struct elfhdr good_header = {
	.e_ident = { 0x7f, 'E', 'L', 'F', ELF_CLASS, ELFDATA2LSB, EV_CURRENT },
	.e_type = ET_EXEC,
	.e_machine = ELF_ARCH,
	.e_version = EV_CURRENT,
	.e_entry = 0x10100,
	.e_phoff = sizeof(struct elfhdr),
	.e_ehsize = sizeof(struct elfhdr),
	.e_phentsize = sizeof(struct elf_phdr),
	.e_phnum = 2,
};

static const struct elf_phdr good_segment = {
	.p_type = PT_LOAD,
	.p_flags = PF_R | PF_X,
	.p_offset = 0,
	.p_vaddr = 0x10000,
	.p_filesz = 0x2000,
	.p_memsz = 0x2000,
};

#define EXPECT_HEADER_REFUSED(test, change)                                          \
	do {                                                                         \
		struct elfhdr header = good_header;                                  \
		change;                                                              \
		KUNIT_EXPECT_NOT_NULL(test, elf_header_refusal(&header, FILE_SIZE)); \
	} while (0)

static void elf_headers(struct kunit *test)
{
	int i;

	KUNIT_EXPECT_NULL(test, elf_header_refusal(&good_header, FILE_SIZE));
	KUNIT_EXPECT_NOT_NULL(test, elf_header_refusal(&good_header, sizeof(good_header) - 1));
	for (i = 0; i < SELFMAG; i++)
		EXPECT_HEADER_REFUSED(test, header.e_ident[i] ^= 1);
	EXPECT_HEADER_REFUSED(test, header.e_ident[EI_CLASS] = ELFCLASS32 + ELFCLASS64 - ELF_CLASS);
	EXPECT_HEADER_REFUSED(test, header.e_ident[EI_DATA] = 2);
	EXPECT_HEADER_REFUSED(test, header.e_ident[EI_VERSION] = 0);
	EXPECT_HEADER_REFUSED(test, header.e_version = 2);
	EXPECT_HEADER_REFUSED(test, header.e_machine = EM_ARM + EM_AARCH64 - ELF_ARCH);
	EXPECT_HEADER_REFUSED(test, header.e_type = ET_DYN);
	EXPECT_HEADER_REFUSED(test, header.e_ehsize--);
	EXPECT_HEADER_REFUSED(test, header.e_phentsize = 1);
	EXPECT_HEADER_REFUSED(test, header.e_phnum = 0);
	EXPECT_HEADER_REFUSED(test, header.e_phnum = ELF_MAX_PHNUM + 1);
	EXPECT_HEADER_REFUSED(test, header.e_phnum = 0xffff);
	EXPECT_HEADER_REFUSED(test, header.e_phoff = FILE_SIZE);
	EXPECT_HEADER_REFUSED(test, header.e_phoff = FILE_SIZE + 1);
	EXPECT_HEADER_REFUSED(test, header.e_phoff = FILE_SIZE - 2 * sizeof(struct elf_phdr) + 1);
	EXPECT_HEADER_REFUSED(test, header.e_phoff = -sizeof(struct elf_phdr));
}

#define EXPECT_SEGMENT_REFUSED(test, change)                                           \
	do {                                                                           \
		struct elf_phdr phdr = good_segment;                                   \
		change;                                                                \
		KUNIT_EXPECT_NOT_NULL(test, elf_segment_refusal(&phdr, FILE_SIZE, 0)); \
	} while (0)

static void elf_segments(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, elf_segment_refusal(&good_segment, FILE_SIZE, 0x10000));
	KUNIT_EXPECT_NOT_NULL(test, elf_segment_refusal(&good_segment, FILE_SIZE, 0x11000));
	EXPECT_SEGMENT_REFUSED(test, phdr.p_filesz = phdr.p_memsz + 1);
	EXPECT_SEGMENT_REFUSED(test, phdr.p_offset = FILE_SIZE - phdr.p_filesz + 1);
	EXPECT_SEGMENT_REFUSED(test, phdr.p_offset = -1);
	EXPECT_SEGMENT_REFUSED(test, phdr.p_offset = -(__typeof__(phdr.p_offset))phdr.p_filesz);
	EXPECT_SEGMENT_REFUSED(test, phdr.p_vaddr = 0);
	EXPECT_SEGMENT_REFUSED(test, phdr.p_vaddr = PAGE_OFFSET);
	EXPECT_SEGMENT_REFUSED(test, phdr.p_vaddr = STACK_TOP - STACK_SIZE - 0x2000);
	EXPECT_SEGMENT_REFUSED(test, phdr.p_memsz = TASK_SIZE);
	EXPECT_SEGMENT_REFUSED(test, phdr.p_memsz = -1);
	EXPECT_SEGMENT_REFUSED(test, phdr.p_flags |= PF_W);
}

static const struct kunit_case elf_cases[] = {
	KUNIT_CASE(elf_headers),
	KUNIT_CASE(elf_segments),
	{},
};

static const struct kunit_suite elf_suite = {
	.name = "binfmt_elf",
	.cases = elf_cases,
};
kunit_test_suite(elf_suite);
