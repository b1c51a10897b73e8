/* SPDX-License-Identifier: MIT */
/*
 * The last lines a kernel prints. What the machine can do was registered by a driver; if nothing
 * was, the processor sleeps for ever with interrupts off.
 *
 * Linux counterpart: kernel/reboot.c
 */

#define pr_fmt(fmt) "reboot: " fmt

#include <asm/processor.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/reboot.h>

static void (*sys_off_handlers[NR_SYS_OFF_MODES])(void);

int register_sys_off_handler(enum sys_off_mode mode, void (*handler)(void))
{
	if (sys_off_handlers[mode])
		return -EBUSY;
	sys_off_handlers[mode] = handler;
	if (mode == SYS_OFF_MODE_RESTART)
		panic_set_restart(emergency_restart);
	return 0;
}

static void call_handler(enum sys_off_mode mode)
{
	local_irq_disable();
	if (sys_off_handlers[mode])
		sys_off_handlers[mode]();
}

void emergency_restart(void)
{
	call_handler(SYS_OFF_MODE_RESTART);
}

static __noreturn void halt(void)
{
	local_irq_disable();
	for (;;)
		cpu_do_idle();
}

void kernel_halt(void)
{
	pr_emerg("System halted\n");
	halt();
}

void kernel_power_off(void)
{
	pr_emerg("Power down\n");
	call_handler(SYS_OFF_MODE_POWER_OFF);
	pr_emerg("this machine cannot power itself off: halted\n");
	halt();
}

void kernel_restart(void)
{
	pr_emerg("Restarting system\n");
	call_handler(SYS_OFF_MODE_RESTART);
	pr_emerg("this machine cannot restart itself: halted\n");
	halt();
}
