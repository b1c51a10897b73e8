/* SPDX-License-Identifier: MIT */
/*
 * A program on its way into a task: what exec.c gathers, the loader finds and stack.c hands over.
 *
 * Linux counterpart: include/linux/binfmts.h
 */
#pragma once

#include <kernel/lib/types.h>

struct inode;
struct mm_struct;

/* What the loader learns of the file. */
struct elf_facts {
	unsigned long entry;     /* the first instruction */
	unsigned long phdr_addr; /* where the program headers lie in memory; 0: nowhere */
	unsigned int phnum;
};

/* What is copied for the new program: argc + envc strings in a row, each with its NUL. */
struct linux_binprm {
	const char *filename;
	char *strings;
	size_t used;
	unsigned int argc, envc;
	struct mm_struct *mm;
	struct inode *exe; /* the file, a reference */
	struct elf_facts elf;
	unsigned long sp;
};

/*
 * Fills the stack of bprm->mm, which is mapped, and sets bprm->sp. Returns 0, -ENOMEM or -E2BIG.
 * Process context. (stack.c)
 */
int setup_stack(struct linux_binprm *bprm);
