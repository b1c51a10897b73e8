/* SPDX-License-Identifier: MIT */
/*
 * What exec.c asks of the ELF loader, and the checks of foreign bytes on their own, as pure
 * functions, so that a test can try every refusal.
 */
#pragma once

#include <asm/elf.h>

struct elf_facts;
struct file;
struct mm_struct;

/* The most program headers of one file; a file with more is refused. */
#define ELF_MAX_PHNUM 32

/*
 * Why a file of file_size bytes cannot be this header's executable; NULL when nothing speaks
 * against it.
 */
const char *elf_header_refusal(const struct elfhdr *header, u64 file_size);

/* The same for one PT_LOAD header; previous_end is the first page address that is still free. */
const char *elf_segment_refusal(const struct elf_phdr *phdr, u64 file_size,
				unsigned long previous_end);

/*
 * Loads file into the empty mm: segments, start_brk and the code's bounds. *facts tells what
 * stack.c passes on. Returns 0, -ENOEXEC with a line on the console that says why (reads as `name:
 * reason`), -EIO or -ENOMEM.
 */
int load_elf_binary(struct file *file, const char *name, struct mm_struct *mm,
		    struct elf_facts *facts);
