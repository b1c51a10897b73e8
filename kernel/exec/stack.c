/* SPDX-License-Identifier: MIT */
/*
 * The stack of a new program, from its stack pointer up:
 *
 *     argc, argv[0..argc-1], NULL, envp[..], NULL, pairs of the auxiliary vector, AT_NULL; then
 *     what these point to: the strings, the program's path, the platform's name, 16 random bytes
 *
 * The auxiliary vector tells a C library what it cannot find out by itself: where its own program
 * headers are (for the initial values of its thread-local variables), which instructions the
 * processor has, and a random value for its stack guard.
 *
 * Linux counterpart: create_elf_tables() of fs/binfmt_elf.c, include/uapi/linux/auxvec.h
 */

#include <asm/elf.h>
#include <kernel/base/random.h>
#include <kernel/exec/binprm.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/time/jiffies.h>
#include <mm/address_space.h>
#include <mm/slab.h>

#define AT_NULL     0
#define AT_PHDR     3
#define AT_PHENT    4
#define AT_PHNUM    5
#define AT_PAGESZ   6
#define AT_BASE     7
#define AT_FLAGS    8
#define AT_ENTRY    9
#define AT_UID      11
#define AT_EUID     12
#define AT_GID      13
#define AT_EGID     14
#define AT_PLATFORM 15
#define AT_HWCAP    16
#define AT_CLKTCK   17
#define AT_SECURE   23
#define AT_RANDOM   25
#define AT_HWCAP2   26
#define AT_EXECFN   31

#define RANDOM_BYTES 16

/* What lies behind the strings of argv and envp. */
struct extras {
	unsigned long filename, platform, random; /* their addresses */
	size_t size;
};

/*
 * Writes the addresses of `count` strings and a NULL to table; returns the address behind the
 * strings.
 */
static unsigned long fill_pointers(const char *strings, unsigned long *table, unsigned int count,
				   unsigned long addr)
{
	unsigned int n;

	for (n = 0; n < count; n++) {
		size_t size = strlen(strings) + 1;

		table[n] = addr;
		strings += size;
		addr += size;
	}
	table[count] = 0;
	return addr;
}

/* The stack's pages are all there: less than len is written only beyond its end. */
static int write_stack(struct mm_struct *mm, unsigned long addr, const void *data, size_t len)
{
	return access_remote_vm(mm, addr, (void *)data, len, FOLL_WRITE) == len ? 0 : -E2BIG;
}

/* Puts the extras at the top. */
static int write_extras(const struct linux_binprm *bprm, struct extras *extras)
{
	size_t name = strlen(bprm->filename) + 1;
	u8 random[RANDOM_BYTES];
	int error;

	get_random_bytes(random, sizeof(random));
	extras->random = STACK_TOP - RANDOM_BYTES;
	extras->platform = extras->random - sizeof(ELF_PLATFORM);
	extras->filename = extras->platform - name;
	extras->size = STACK_TOP - extras->filename;
	error = write_stack(bprm->mm, extras->random, random, sizeof(random));
	if (!error)
		error = write_stack(bprm->mm, extras->platform, ELF_PLATFORM, sizeof(ELF_PLATFORM));
	return error ?: write_stack(bprm->mm, extras->filename, bprm->filename, name);
}

/* The pointers and the auxiliary vector, with the strings at that address. */
static int write_tables(struct linux_binprm *bprm, unsigned long strings,
			const struct extras *extras)
{
	const unsigned long auxv[] = {
		AT_HWCAP,    ELF_HWCAP,
		AT_PAGESZ,   PAGE_SIZE,
		AT_CLKTCK,   USER_HZ,
		AT_PHDR,     bprm->elf.phdr_addr,
		AT_PHENT,    sizeof(struct elf_phdr),
		AT_PHNUM,    bprm->elf.phnum,
		AT_BASE,     0,
		AT_FLAGS,    0,
		AT_ENTRY,    bprm->elf.entry,
		AT_UID,      0,
		AT_EUID,     0,
		AT_GID,      0,
		AT_EGID,     0,
		AT_SECURE,   0,
		AT_RANDOM,   extras->random,
		AT_HWCAP2,   0,
		AT_EXECFN,   extras->filename,
		AT_PLATFORM, extras->platform,
		AT_NULL,     0,
	};
	size_t words = 1 + bprm->argc + 1 + bprm->envc + 1 + ARRAY_SIZE(auxv);
	unsigned long *table = kcalloc(words, sizeof(*table), GFP_KERNEL), envp;
	int error;

	if (!table)
		return -ENOMEM;
	table[0] = bprm->argc;
	envp = fill_pointers(bprm->strings, &table[1], bprm->argc, strings);
	bprm->mm->arg_start = strings;
	bprm->mm->arg_end = envp;
	fill_pointers(bprm->strings + (envp - strings), &table[1 + bprm->argc + 1], bprm->envc,
		      envp);
	memcpy(&table[words - ARRAY_SIZE(auxv)], auxv, sizeof(auxv));

	/* Both procedure call standards want it: 16 bytes serve arm's 8, too. */
	bprm->sp = ALIGN_DOWN(strings - words * sizeof(*table), 16);
	bprm->mm->start_stack = bprm->sp;
	error = write_stack(bprm->mm, bprm->sp, table, words * sizeof(*table));
	kfree(table);
	return error;
}

int setup_stack(struct linux_binprm *bprm)
{
	struct extras extras;
	int error = write_extras(bprm, &extras);
	unsigned long strings = STACK_TOP - ALIGN(extras.size + bprm->used, 16);

	error = error ?: write_stack(bprm->mm, strings, bprm->strings, bprm->used);
	return error ?: write_tables(bprm, strings, &extras);
}
