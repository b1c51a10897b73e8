/* SPDX-License-Identifier: MIT */
/*
 * The PL011 UART: the terminal's port and the kernel's console.
 *
 * The terminal writes into a ring; as much as fits goes to the FIFO at once, the transmit interrupt
 * sends the rest. What comes in goes to the terminal, character by character, from the interrupt.
 *
 * The kernel's messages must come out in a panic and with interrupts off, so they are polled.
 * Before a message the ring is emptied, by polling too: what was written first is seen first.
 *
 * Lock: port->lock guards the ring, the registers and the copy of the interrupt mask.
 *
 * Linux counterpart: drivers/tty/serial/amba-pl011.c, serial_core.c
 */

#include <drivers/base/device.h>
#include <drivers/serial/pl011.h>
#include <drivers/serial/ring.h>
#include <kernel/base/init.h>
#include <kernel/base/initcall.h>
#include <kernel/base/printk.h>
#include <kernel/fs/tty.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/vsprintf.h>

/* A console that finds the lock held this long was called by its holder's own crash. */
#define CONSOLE_LOCK_SPINS 1000000

struct uart_amba_port {
	void __iomem *membase;
	spinlock_t lock;
	u32 im; /* what UART011_IMSC holds */
	struct ring tx;
};

/* There is one terminal, so there is one port. */
static struct uart_amba_port *tty_port;

static void pl011_set_mask(struct uart_amba_port *port, u32 im)
{
	port->im = im;
	writel_relaxed(im, port->membase + UART011_IMSC);
}

static bool pl011_tx_full(const struct uart_amba_port *port)
{
	return readl_relaxed(port->membase + UART01x_FR) & UART01x_FR_TXFF;
}

/*
 * Fill the FIFO from the ring, and have an interrupt call again while something is left. Lock held.
 */
static void pl011_tx_chars(struct uart_amba_port *port)
{
	while (!ring_empty(&port->tx) && !pl011_tx_full(port))
		writel_relaxed((u8)ring_take(&port->tx), port->membase + UART01x_DR);
	if (!ring_empty(&port->tx))
		pl011_set_mask(port, port->im | UART011_TXI);
	else
		pl011_set_mask(port, port->im & ~UART011_TXI);
}

/* Lock held. */
static void pl011_drain_ring_polled(struct uart_amba_port *port)
{
	while (!ring_empty(&port->tx))
		pl011_putc_polled(port->membase, ring_take(&port->tx));
}

/* A writer that is faster than the line waits here, one ring's length at a time. */
static void pl011_tty_write(const char *s, size_t n)
{
	struct uart_amba_port *port = tty_port;
	unsigned long flags;
	size_t taken;

	while (n) {
		spin_lock_irqsave(&port->lock, flags);
		taken = ring_put(&port->tx, s, n);
		if (taken < n)
			pl011_drain_ring_polled(port);
		pl011_tx_chars(port);
		spin_unlock_irqrestore(&port->lock, flags);
		s += taken;
		n -= taken;
	}
}

static const struct tty_port_ops pl011_tty_ops = {
	.write = pl011_tty_write,
};

/*
 * Hand over what has come in; characters with errors are dropped. No lock: the terminal may write
 * back.
 */
static void pl011_rx_chars(struct uart_amba_port *port)
{
	u32 ch;

	while (!(readl_relaxed(port->membase + UART01x_FR) & UART01x_FR_RXFE)) {
		ch = readl_relaxed(port->membase + UART01x_DR);
		if (!(ch & (UART011_DR_FE | UART011_DR_PE | UART011_DR_BE)))
			tty_receive(ch);
	}
}

static irqreturn_t pl011_int(int irq, void *dev_id)
{
	struct uart_amba_port *port = dev_id;
	u32 status = readl_relaxed(port->membase + UART011_MIS);

	if (!status)
		return IRQ_NONE;
	writel_relaxed(status, port->membase + UART011_ICR);
	if (status & (UART011_RXI | UART011_RTI))
		pl011_rx_chars(port);
	if (status & UART011_TXI) {
		spin_lock(&port->lock);
		pl011_tx_chars(port);
		spin_unlock(&port->lock);
	}
	return IRQ_HANDLED;
}

/*
 * A holder that crashed will never let go, and its message matters more than the order of
 * characters.
 */
static bool console_lock(struct uart_amba_port *port)
{
	unsigned int spins = CONSOLE_LOCK_SPINS;

	while (spin_is_locked(&port->lock)) {
		if (!--spins)
			return false;
		cpu_relax();
	}
	spin_lock(&port->lock);
	return true;
}

static void pl011_console_write(struct console *con, const char *s, unsigned int len)
{
	struct uart_amba_port *port = con->data;
	bool locked = console_lock(port);

	pl011_drain_ring_polled(port);
	pl011_write_polled(port->membase, s, len);
	while (readl_relaxed(port->membase + UART01x_FR) & UART01x_FR_BUSY)
		cpu_relax();
	if (locked)
		spin_unlock(&port->lock);
}

/* Its name is ttyAMA and the number of the UART's alias, as in Linux; 0 without one. */
static struct console amba_console = { .write = pl011_console_write };

/* The speed is left as the firmware set it: the kernel does not know the clock. */
static void pl011_hwinit(struct uart_amba_port *port)
{
	pl011_set_mask(port, 0);
	while (readl_relaxed(port->membase + UART01x_FR) & UART01x_FR_BUSY)
		cpu_relax();
	writel(0, port->membase + UART011_CR);
	writel(UART01x_LCRH_FEN | UART01x_LCRH_WLEN_8, port->membase + UART011_LCRH);
	writel(UART01x_CR_UARTEN | UART011_CR_TXE | UART011_CR_RXE, port->membase + UART011_CR);
	writel(UART011_ALL_INTERRUPTS, port->membase + UART011_ICR);
}

/* What was typed before the interrupt was let through is in the FIFO, and would raise none. */
static void pl011_start_rx(struct uart_amba_port *port)
{
	unsigned long flags;

	local_irq_save(flags);
	pl011_set_mask(port, UART011_RXI | UART011_RTI);
	pl011_rx_chars(port);
	local_irq_restore(flags);
}

static const struct of_device_id pl011_of_match[] = { { .compatible = "arm,pl011" }, {} };

/*
 * The UART that the console is to be: the one that console=ttyAMAn calls by its alias serialn, else
 * the one that the device tree names. NULL when nothing names one: then the first that comes.
 */
static const struct device_node *find_console(void)
{
	struct device_node *np;
	char name[sizeof(amba_console.name)];
	int id;

	for_each_matching_node(np, pl011_of_match) {
		id = of_alias_get_id(np, "serial");
		snprintf(name, sizeof(name), "ttyAMA%d", id);
		if (id >= 0 && console_is_preferred(name) && of_device_is_available(np))
			return np;
	}
	return of_stdout && of_match_node(pl011_of_match, of_stdout) ? of_stdout : NULL;
}

static bool is_console(const struct platform_device *pdev)
{
	const struct device_node *console = find_console();

	return !tty_port && (!console || console == pdev->dev.of_node);
}

static int pl011_probe(struct platform_device *pdev)
{
	struct uart_amba_port *port;
	int irq, ret;

	if (!is_console(pdev)) {
		dev_info(&pdev->dev, "left alone, the console is another UART\n");
		return -ENODEV;
	}
	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	port = devm_kzalloc(&pdev->dev, sizeof(*port), GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	spin_lock_init(&port->lock);
	port->membase = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(port->membase))
		return PTR_ERR(port->membase);
	pl011_hwinit(port);
	ret = devm_request_irq(&pdev->dev, irq, pl011_int, 0, "uart-pl011", port);
	if (ret)
		return ret;
	tty_port = port;
	amba_console.data = port;
	snprintf(amba_console.name, sizeof(amba_console.name), "ttyAMA%d",
		 max(of_alias_get_id(pdev->dev.of_node, "serial"), 0));
	register_console(&amba_console);
	tty_register_port(&pl011_tty_ops);
	pl011_start_rx(port);
	dev_info(&pdev->dev, "%s at MMIO %pa (irq = %d)\n", amba_console.name,
		 &pdev->resource[0].start, irq);
	return 0;
}

/* Without a remove: the terminal cannot do without its port. */
static struct platform_driver pl011_driver = {
	.probe = pl011_probe,
	.driver = {
		.name = "uart-pl011",
		.of_match_table = pl011_of_match,
	},
};
builtin_platform_driver(pl011_driver);
