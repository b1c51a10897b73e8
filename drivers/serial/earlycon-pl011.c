/* SPDX-License-Identifier: MIT */
/*
 * The PL011 as an early console. Nothing is initialised: the boot loader, or QEMU, has left the
 * UART ready to send. But its identification is checked first. With a wrong address, all messages
 * would be lost, among them the one that explains why.
 *
 * Linux counterpart: drivers/tty/serial/amba-pl011.c, pl011_early_console_setup()
 */

#include <drivers/amba/bus.h>
#include <drivers/serial/earlycon.h>
#include <drivers/serial/pl011.h>
#include <kernel/lib/errno.h>

#define PL011_ID 0xfe0 /* the end of its window of 4 KiB */

static void pl011_early_write(struct console *con, const char *s, unsigned int len)
{
	struct earlycon_device *dev = con->data;

	pl011_write_polled(dev->membase, s, len);
}

static int __init pl011_early_console_setup(struct earlycon_device *dev)
{
	u32 periphid, cid;

	if (!dev->identified && !amba_read_id(dev->membase + PL011_ID, &periphid, &cid))
		return -ENODEV;
	dev->con->write = pl011_early_write;
	return 0;
}
OF_EARLYCON_DECLARE(pl011, "arm,pl011", pl011_early_console_setup);
