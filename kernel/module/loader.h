/* SPDX-License-Identifier: MIT */
/*
 * The loader of modules, step by step. Each step is a file, and prints the reason when it refuses.
 *
 *	elf.c         the file is what it says, and all that it names lies inside it
 *	memory.c      memory in reach of the kernel, and what may be done with it
 *	layout.c      which section lies where
 *	resolve.c     names that other code has; names for backtraces
 *	relocate.c    addresses into instructions and data
 *	uses.c        the list of modules, and who uses whom
 *	main.c        the order of all this
 *
 * Linux counterpart: kernel/module/internal.h
 */
#pragma once

#include <asm/elf.h>
#include <asm/module.h>
#include <kernel/base/export.h>
#include <kernel/base/symbols.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/list.h>
#include <kernel/lib/types.h>

#define MODULE_NAME_LEN 56

/* What is left of a module's file in one piece of memory: code, then constants, then data. */
struct module_area {
	void *base;              /* NULL: nothing of the module is of this kind */
	unsigned long text_size; /* [0, text_size) is code: read-only. All sizes are whole pages */
	unsigned long ro_size;   /* [text_size, ro_size) are constants */
	unsigned long size;      /* [ro_size, size) is data */
	unsigned long code_size; /* bytes of text_size that are filled; veneers are added here */
	struct symbol_table symbols;
	struct symbol_entry *entries; /* the table's memory */
};

enum module_state {
	MODULE_STATE_COMING, /* being loaded, or in its init function */
	MODULE_STATE_LIVE,
	MODULE_STATE_GOING, /* in its exit function, or being freed */
};

struct module {
	struct list_head list; /* of all modules, newest first */
	char name[MODULE_NAME_LEN];
	enum module_state state;
	unsigned int refcnt;     /* uses. uses.c has the lock of it, of state and of both lists */
	struct list_head uses;   /* of module_use.of_user: what it uses */
	struct list_head users;  /* of module_use.of_used: which modules use it */
	struct module_area core; /* until it is removed */
	struct module_area init; /* until its init function has returned */
	int (*init_fn)(void);    /* either may be NULL */
	void (*exit_fn)(void);
	const struct kernel_symbol *exports;
	unsigned int nr_exports;
};

/* One module uses symbols of another. */
struct module_use {
	struct module *user, *used;
	struct list_head of_user, of_used;
};

/* A file that is being loaded: a copy in memory, which the loader may change. */
struct load_info {
	const char *name; /* the file's, until the module's own is known */
	u8 *file;         /* aligned to 8 bytes */
	unsigned long size;
	const struct elfhdr *header;
	struct elf_shdr *sections; /* sh_addr: where the section lies; 0: it is not loaded */
	unsigned int nr_sections;
	const char *section_names;
	struct elf_sym *symbols; /* after resolve_symbols(), st_value is the address */
	unsigned int nr_symbols;
	const char *strings; /* the symbols' names */
	struct module *module;
};

static inline const char *section_name(const struct load_info *info, unsigned int n)
{
	return info->section_names + info->sections[n].sh_name;
}

/* --- elf.c --- */

/* Prints one line, "module: NAME: reason". Returns -ENOEXEC. */
int refuse(const struct load_info *info, const char *fmt, ...) __printf(2, 3);

/* Fills info from the file and checks all of it that the loader uses. Returns 0 or -ENOEXEC. */
int check_module_file(struct load_info *info);

/* The value of a tag in the file's .modinfo section, or NULL. After check_module_file(). */
const char *get_modinfo(const struct load_info *info, const char *tag);

/* --- memory.c --- */

/*
 * Returns size bytes of zeroed memory, whole pages, writable and not executable: in reach of a
 * branch into the kernel, or in vmalloc space when module space is full. Returns NULL without
 * memory. module_memfree() ignores NULL. Process context.
 */
void *module_alloc(unsigned long size);
void module_memfree(void *base);

/* Gives each part of an area its permissions, once it is filled. Returns 0 or -ENOMEM. */
int protect_area(const struct module_area *area);

/* --- layout.c --- */

/* Whether section n is for the init function only. */
bool is_init_section(const struct load_info *info, unsigned int n);

/*
 * Gives each section its place, copies it there, and makes info->module, which has areas only.
 * Returns 0, or -ENOEXEC or -ENOMEM; then there is no module.
 */
int move_module(struct load_info *info);

/* --- resolve.c --- */

/*
 * Gives each symbol its address. Returns 0, or -ENOENT with a line that names the symbol, or
 * -ENOMEM.
 */
int resolve_symbols(struct load_info *info);

/* The address of a function that the module itself defines, or NULL. After resolve_symbols(). */
void *find_function(const struct load_info *info, const char *name);

/* Makes the tables of names for the areas; they are not registered yet. Returns 0 or -ENOMEM. */
int make_symbol_tables(struct load_info *info);

/* --- relocate.c --- */

/* Whether a relocation changes an instruction that a veneer can serve. */
bool is_branch_relocation(unsigned int type);

/* Applies all relocations. Returns 0 or -ENOEXEC. */
int apply_relocations(struct load_info *info);

/* --- uses.c --- */

/* The module of that name, or NULL. Under module_mutex, as all of these. */
struct module *find_module(const char *name);

/* Puts a module on the list, and takes it off. */
void add_module(struct module *module);
void forget_module(struct module *module);

void set_module_state(struct module *module, enum module_state state);

/*
 * Finds a symbol that the kernel or a live module exports, and notes that info's module uses it.
 * Returns 0, -ENOENT, or -ENOMEM.
 */
int use_symbol(struct load_info *info, const char *name, unsigned long *value);

/* Ends all uses that a module has of others. */
void drop_uses(struct module *user);

/*
 * Decides that a module is removed: no use of it can begin any more. Returns NULL, or why it stays.
 */
const char *begin_removal(struct module *module);

/* --- main.c --- */

/*
 * Loads the module in info, and calls its init function. Returns 0, or an errno with a line that
 * gives the reason. Process context.
 */
int load_module(struct load_info *info);

/*
 * Removes a module by its name. Returns 0, -ENOENT, or -EBUSY with the reason in a line. Likewise.
 */
int remove_module(const char *name);
