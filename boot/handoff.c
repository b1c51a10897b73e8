/* SPDX-License-Identifier: MIT */
/*
 * Who started us, and with what: the registers as head.S found them, and the device tree they
 * point to.
 *
 * Without a device tree there is no console to say so on. That one message, and everything before
 * the tree is found, goes to the UART whose address is compiled in.
 */
#include <boot/boot.h>
#include <drivers/of/of_fdt.h>
#include <drivers/serial/earlycon.h>
#include <kernel/base/early_print.h>
#include <kernel/base/handoff.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <mm/fixmap.h>

#include <asm/handoff.h>

static void debug_write(struct console *con, const char *s, unsigned int len)
{
	char piece[2] = { 0 };

	while (len--) {
		piece[0] = *s++;
		early_puts(piece);
	}
}

static struct console debug_console = {
	.name = "debug",
	.write = debug_write,
	.flags = CON_BOOT | CON_PRINTBUFFER,
};

void __init debug_console_init(void)
{
	set_fixmap_io(FIX_DEBUG_UART, CONFIG_DEBUG_UART);
	early_print_set_base((void __iomem *)fix_to_virt(FIX_DEBUG_UART));
	register_console(&debug_console);
}

void __init find_device_tree(void)
{
	phys_addr_t phys = handoff.regs[HANDOFF_DTB_REG];
	void *fdt = fixmap_remap_fdt(phys);

	if (!fdt)
		panic("no device tree: " HANDOFF_DTB_NAME
		      " holds 0x%llx, which is no 8-byte aligned "
		      "address. Start the kernel with QEMU's -kernel, or have the boot loader pass "
		      "one",
		      phys);
	if (!early_init_dt_verify(fdt, phys))
		panic("no device tree: what " HANDOFF_DTB_NAME
		      " points to, 0x%llx, is none. Start the "
		      "kernel with QEMU's -kernel, or have the boot loader pass one",
		      phys);
	setup_earlycon_stdout();
}

void __init handoff_show(void)
{
	pr_info("Handoff: entered in %s, image loaded at 0x%llx, runs at 0x%llx, device tree at "
		"0x%llx\n",
		handoff_mode_name(handoff.mode), handoff.loaded_at, __pa(_text),
		handoff.regs[HANDOFF_DTB_REG]);
}
