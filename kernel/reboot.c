/* SPDX-License-Identifier: MIT */
/*
 * The last lines that a kernel prints. When no handler can end the machine, the processor sleeps
 * for ever with interrupts off.
 *
 * Linux counterpart: kernel/reboot.c
 */

#define pr_fmt(fmt) "reboot: " fmt

#include <asm/processor.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/base/seq_buf.h>
#include <kernel/reboot.h>

static LIST_HEAD(handlers); /* in the order in which they are asked */

void register_sys_off_handler(struct sys_off_handler *handler)
{
	list_add_tail(&handler->list, &handlers);
	if (handler->ask[SYS_OFF_MODE_RESTART])
		panic_set_restart(emergency_restart);
}

static void ask_all(enum sys_off_mode mode)
{
	const struct sys_off_handler *handler;

	local_irq_disable();
	list_for_each_entry(handler, &handlers, list)
		if (handler->ask[mode])
			handler->ask[mode]();
}

void emergency_restart(void)
{
	ask_all(SYS_OFF_MODE_RESTART);
}

/* No handler ended the machine: names those that were asked, and says what the user can do. */
static void __noreturn give_up(enum sys_off_mode mode, const char *what)
{
	const struct sys_off_handler *handler;
	char asked[64];
	struct seq_buf s;

	seq_buf_init(&s, asked, sizeof(asked));
	list_for_each_entry(handler, &handlers, list)
		if (handler->ask[mode])
			seq_buf_printf(&s, " %s", handler->name);
	if (!seq_buf_used(&s))
		seq_buf_puts(&s, " nobody");
	pr_emerg("cannot %s this machine (asked:%s): halted. Leave QEMU with Ctrl-A x.\n", what,
		 asked);
	for (;;)
		cpu_do_idle();
}

void kernel_power_off(void)
{
	pr_emerg("Power down\n");
	ask_all(SYS_OFF_MODE_POWER_OFF);
	give_up(SYS_OFF_MODE_POWER_OFF, "power off");
}

void kernel_restart(void)
{
	pr_emerg("Restarting system\n");
	ask_all(SYS_OFF_MODE_RESTART);
	give_up(SYS_OFF_MODE_RESTART, "restart");
}
