/* SPDX-License-Identifier: MIT */
/*
 * Loading and removing: the order of the steps.
 *
 * A load that fails at any step frees what the steps before it have taken, in one place:
 * free_module().
 *
 * Linux counterpart: kernel/module/main.c
 */
#define pr_fmt(fmt) "module: " fmt

#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/module/loader.h>
#include <kernel/sched/mutex.h>
#include <kernel/smp.h>
#include <mm/slab.h>

static DEFINE_MUTEX(module_mutex); /* loads and removals take turns */

/* --- Loading --- */

static void free_area(struct module_area *area)
{
	module_memfree(area->base);
	kfree(area->entries);
	*area = (struct module_area){};
}

/* The core area contains *module itself, so it is freed last, from a copy of its record. */
static void free_module(struct module *module)
{
	struct module_area core = module->core;

	drop_uses(module);
	free_area(&module->init);
	free_area(&core);
}

/* The table that the module's own EXPORT_SYMBOL() made; relocated like all of its data. */
static void find_exports(struct load_info *info)
{
	struct module *module = info->module;
	const struct elf_shdr *section;

	for (section = info->sections; section < info->sections + info->nr_sections; section++) {
		if (!section->sh_addr || strcmp(info->section_names + section->sh_name, "ksymtab"))
			continue;
		module->exports = (void *)(unsigned long)section->sh_addr;
		module->nr_exports = section->sh_size / sizeof(*module->exports);
	}
}

/* From sections at their places to code that is ready to run. */
static int prepare_module(struct load_info *info)
{
	struct module *module = info->module;
	int err;

	strscpy(module->name, info->name, sizeof(module->name));
	INIT_LIST_HEAD(&module->uses);
	INIT_LIST_HEAD(&module->users);
	err = resolve_symbols(info);
	err = err ?: apply_relocations(info);
	err = err ?: make_symbol_tables(info);
	if (err)
		return err;
	find_exports(info);
	module->init_fn = find_function(info, "init_module");
	module->exit_fn = find_function(info, "cleanup_module");
	err = protect_area(&module->core);
	return !err && module->init.base ? protect_area(&module->init) : err;
}

/* From here on backtraces know its names, and /proc/modules shows it. */
static void show_module(struct module *module)
{
	symbols_register(&module->core.symbols);
	if (module->init.base)
		symbols_register(&module->init.symbols);
	add_module(module);
}

/* Ends what only the init function needed. */
static void retire_init(struct module *module)
{
	if (!module->init.base)
		return;
	symbols_unregister(&module->init.symbols);
	kick_all_cpus_sync(); /* a reader of the names keeps interrupts off: all have ended now */
	free_area(&module->init);
}

static void hide_module(struct module *module)
{
	forget_module(module);
	retire_init(module);
	symbols_unregister(&module->core.symbols);
	kick_all_cpus_sync(); /* likewise; and no processor has fetched ahead what is freed */
}

/*
 * Calls the init function. A module that fails there is hidden again; its exit function is not
 * called.
 */
static int start_module(struct module *module)
{
	int err;

	show_module(module);
	err = module->init_fn ? module->init_fn() : 0;
	if (!err) {
		set_module_state(module, MODULE_STATE_LIVE);
		retire_init(module);
		return 0;
	}
	if (err > 0) { /* not an errno: a mistake of the module, so the load fails */
		pr_err("%s: its init function returned %d, not 0 or an error\n", module->name, err);
		err = -EINVAL;
	} else {
		pr_err("%s: its init function failed with error %d\n", module->name, err);
	}
	set_module_state(module, MODULE_STATE_GOING);
	hide_module(module);
	return err;
}

static int try_load(struct load_info *info)
{
	int err;

	if (find_module(info->name)) {
		refuse(info, "a module of this name is loaded already");
		return -EEXIST;
	}
	err = move_module(info);
	err = err ?: prepare_module(info);
	if (err == -ENOMEM)
		refuse(info, "there is not enough memory, or no address space for it");
	err = err ?: start_module(info->module);
	if (err && info->module)
		free_module(info->module);
	return err;
}

int load_module(struct load_info *info)
{
	int err = check_module_file(info);

	if (err)
		return err;
	mutex_lock(&module_mutex);
	err = try_load(info);
	mutex_unlock(&module_mutex);
	return err;
}

/* --- Removing --- */

static int try_remove(const char *name)
{
	struct module *module = find_module(name);
	const char *reason;

	if (!module)
		return -ENOENT;
	reason = begin_removal(module);
	if (reason) {
		pr_err("%s: not removed: %s\n", name, reason);
		return -EBUSY;
	}
	if (module->exit_fn)
		module->exit_fn();
	hide_module(module);
	free_module(module);
	return 0;
}

int remove_module(const char *name)
{
	int err;

	mutex_lock(&module_mutex);
	err = try_remove(name);
	mutex_unlock(&module_mutex);
	return err;
}
