/* SPDX-License-Identifier: MIT */
/*
 * A console for the time before drivers: polled, mapped through its own slot of the fixmap.
 *
 * Linux counterpart: include/linux/serial_core.h (earlycon), drivers/tty/serial/earlycon.c
 */
#pragma once

#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/lib/compiler.h>

struct earlycon_device {
	struct console *con;
	void __iomem *membase;
	bool identified; /* the tree says what is there: its registers need not be asked */
};

/*
 * A kind of UART: its name after earlycon=, its compatible string, and what makes its console
 * ready: 0 or an errno.
 */
struct earlycon_id {
	const char *name;
	const char *compatible;
	int (*setup)(struct earlycon_device *dev);
};

#define OF_EARLYCON_DECLARE(_name, compat, fn)                                            \
	static const struct earlycon_id __earlycon_##_name __used __aligned(sizeof(long)) \
		__section("earlycon_ids") = { .name = #_name,                             \
					      .compatible = (compat),                     \
					      .setup = (fn) }

/*
 * Registers the UART that /chosen's stdout-path names as the early console. Returns 0; -ENODEV when
 * it names no UART that we know; -EBUSY when there is an early console already. At boot, once the
 * tree is verified and the fixmap has its tables.
 */
int setup_earlycon_stdout(void);

/*
 * Speak through the UART that buf names: "pl011,0x9000000". 0, or -EINVAL, -ENODEV, -EBUSY. At
 * boot, likewise.
 */
int setup_earlycon(const char *buf);
