/* SPDX-License-Identifier: MIT */
/*
 * The list of modules, and who uses whom.
 *
 * A module is removed when no use of it is left. From the moment that this is decided,
 * try_module_get() refuses, so that no use can begin any more.
 *
 * Linux counterpart: kernel/module/main.c, procfs.c
 */
#include <kernel/base/bug.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/module/loader.h>
#include <kernel/module/module.h>
#include <mm/slab.h>

extern const struct kernel_symbol __start_ksymtab[], __stop_ksymtab[];

static DEFINE_SPINLOCK(module_lock); /* the list, and of each module state, refcnt, users */
static LIST_HEAD(modules);           /* newest first */

/* --- The list --- */

/* Loads and removals take turns, so the list stays as it is for them, without its lock. */
struct module *find_module(const char *name)
{
	struct module *module;

	list_for_each_entry(module, &modules, list)
		if (!strcmp(module->name, name))
			return module;
	return NULL;
}

void add_module(struct module *module)
{
	unsigned long flags;

	spin_lock_irqsave(&module_lock, flags);
	list_add(&module->list, &modules);
	spin_unlock_irqrestore(&module_lock, flags);
}

void forget_module(struct module *module)
{
	unsigned long flags;

	spin_lock_irqsave(&module_lock, flags);
	list_del(&module->list);
	spin_unlock_irqrestore(&module_lock, flags);
}

void set_module_state(struct module *module, enum module_state state)
{
	unsigned long flags;

	spin_lock_irqsave(&module_lock, flags);
	module->state = state;
	spin_unlock_irqrestore(&module_lock, flags);
}

/* --- Uses --- */

bool try_module_get(struct module *module)
{
	unsigned long flags;
	bool there;

	if (!module)
		return true;
	spin_lock_irqsave(&module_lock, flags);
	there = module->state != MODULE_STATE_GOING;
	module->refcnt += there;
	spin_unlock_irqrestore(&module_lock, flags);
	return there;
}

void module_put(struct module *module)
{
	unsigned long flags;

	if (!module)
		return;
	spin_lock_irqsave(&module_lock, flags);
	if (!WARN_ON(!module->refcnt))
		module->refcnt--;
	spin_unlock_irqrestore(&module_lock, flags);
}

/* Notes that user uses symbols of used, once. Loads take turns, so used stays meanwhile. */
static int add_use(struct module *user, struct module *used)
{
	struct module_use *use;
	unsigned long flags;

	list_for_each_entry(use, &user->uses, of_user)
		if (use->used == used)
			return 0;
	use = kmalloc(sizeof(*use), GFP_KERNEL);
	if (!use)
		return -ENOMEM;
	use->user = user;
	use->used = used;
	list_add_tail(&use->of_user, &user->uses);
	spin_lock_irqsave(&module_lock, flags);
	list_add_tail(&use->of_used, &used->users);
	used->refcnt++;
	spin_unlock_irqrestore(&module_lock, flags);
	return 0;
}

void drop_uses(struct module *user)
{
	struct module_use *use, *next;
	unsigned long flags;

	list_for_each_entry_safe(use, next, &user->uses, of_user) {
		spin_lock_irqsave(&module_lock, flags);
		list_del(&use->of_used);
		use->used->refcnt--;
		spin_unlock_irqrestore(&module_lock, flags);
		kfree(use);
	}
	INIT_LIST_HEAD(&user->uses);
}

const char *begin_removal(struct module *module)
{
	const char *reason = NULL;
	unsigned long flags;

	spin_lock_irqsave(&module_lock, flags);
	if (module->refcnt)
		reason = "it is in use";
	else if (module->init_fn && !module->exit_fn)
		reason = "it has no exit function, so it stays";
	else
		module->state = MODULE_STATE_GOING;
	spin_unlock_irqrestore(&module_lock, flags);
	return reason;
}

/* --- Symbols --- */

static const struct kernel_symbol *find_export(const struct kernel_symbol *row,
					       const struct kernel_symbol *end, const char *name)
{
	for (; row < end; row++)
		if (!strcmp(row->name, name))
			return row;
	return NULL;
}

int use_symbol(struct load_info *info, const char *name, unsigned long *value)
{
	const struct kernel_symbol *row = find_export(__start_ksymtab, __stop_ksymtab, name);
	struct module *module;

	if (row) {
		*value = row->value;
		return 0;
	}
	list_for_each_entry(module, &modules, list) {
		if (module->state != MODULE_STATE_LIVE)
			continue;
		row = find_export(module->exports, module->exports + module->nr_exports, name);
		if (!row)
			continue;
		*value = row->value;
		return add_use(info->module, module);
	}
	return -ENOENT;
}

/* --- /proc/modules --- */

static const char *const state_names[] = {
	[MODULE_STATE_COMING] = "Loading",
	[MODULE_STATE_LIVE] = "Live",
	[MODULE_STATE_GOING] = "Unloading",
};

/* Linux's row: name, size, uses, which modules use it, state, address. */
static void show_module(struct seq_buf *seq, const struct module *module)
{
	const struct module_use *use;

	seq_buf_printf(seq, "%s %lu %u ", module->name, module->core.size + module->init.size,
		       module->refcnt);
	list_for_each_entry(use, &module->users, of_used)
		seq_buf_printf(seq, "%s,", use->user->name);
	if (list_empty(&module->users))
		seq_buf_puts(seq, "-");
	seq_buf_printf(seq, " %s 0x%px\n", state_names[module->state], module->core.base);
}

/* One text, not a list of rows: the order is that of loading, which has no key. It is short. */
void modules_show(struct seq_buf *seq)
{
	struct module *module;
	unsigned long flags;

	spin_lock_irqsave(&module_lock, flags);
	list_for_each_entry(module, &modules, list)
		show_module(seq, module);
	spin_unlock_irqrestore(&module_lock, flags);
}
