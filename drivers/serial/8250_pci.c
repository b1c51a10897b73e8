/* SPDX-License-Identifier: MIT */
/*
 * A 16550 UART on PCI, whose eight registers are I/O ports: /dev/ttyS0. QEMU: -device pci-serial.
 *
 * Bytes pass as they are. There is no line editing, no echo and no ^C: the line discipline serves
 * the console alone. A read waits for the first byte, then returns what there is. A write returns
 * when all is in the ring; the interrupt sends it.
 *
 * Lock: port->lock guards both rings, the registers and the copy of the interrupt mask. Processes
 * take it with interrupts off.
 *
 * Source: National Semiconductor PC16550D, "Universal Asynchronous Receiver/Transmitter with FIFOs"
 * Linux counterpart: drivers/tty/serial/8250/8250_pci.c, 8250_port.c
 */

#include <asm/pio.h>
#include <drivers/pci/pci.h>
#include <drivers/serial/ring.h>
#include <kernel/base/initcall.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/wait.h>

#define UART_RX  0 /* read: what came in */
#define UART_TX  0 /* write: what goes out; with DLAB the divisor, low byte ... */
#define UART_DLM 1 /* ... and high byte */
#define UART_IER 1 /* interrupts let through */
#define UART_IIR 2 /* read: which interrupt is pending */
#define UART_FCR 2 /* write: control of the FIFOs */
#define UART_LCR 3 /* line control */
#define UART_MCR 4 /* modem control */
#define UART_LSR 5 /* line status */
#define UART_MSR 6 /* modem status */

#define UART_IER_RDI      0x01 /* something came in */
#define UART_IER_THRI     0x02 /* the transmitter is empty */
#define UART_IIR_NO_INT   0x01
#define UART_FCR_ENABLE   0x01
#define UART_FCR_CLEAR    0x06 /* both FIFOs */
#define UART_FCR_TRIGGER8 0x80 /* interrupt at 8 bytes, or when they wait */
#define UART_LCR_WLEN8    0x03 /* 8 bits, no parity, one stop bit */
#define UART_LCR_DLAB     0x80
#define UART_MCR_DTR      0x01
#define UART_MCR_RTS      0x02
#define UART_MCR_OUT2     0x08 /* on a PC this lets the interrupt through */
#define UART_LSR_DR       0x01 /* something to read */
#define UART_LSR_ERRORS   0x1e /* overrun, parity, framing, break */
#define UART_LSR_THRE     0x20

#define TX_FIFO  16
#define UART_CLK 1843200 /* 16 ticks a bit */
#define BAUD     115200

#define PCI_VENDOR_ID_REDHAT    0x1b36
#define PCI_DEVICE_ID_QEMU_UART 0x0002

struct uart_port {
	unsigned long iobase;
	spinlock_t lock;
	u8 ier; /* what UART_IER holds */
	struct ring rx, tx;
	wait_queue_head_t wait; /* for bytes in rx, or room in tx */
};

/* Minor number 64 of major 4, as in Linux. More ports than one get no file. */
static struct uart_port *ttyS0;

static u8 serial_in(const struct uart_port *port, unsigned int reg)
{
	return inb(port->iobase + reg);
}

static void serial_out(const struct uart_port *port, unsigned int reg, u8 value)
{
	outb(value, port->iobase + reg);
}

/* --- The interrupt; port->lock is held --- */

/* Bytes for which there is no room are lost: the line has no way to hold the sender up. */
static void receive_chars(struct uart_port *port)
{
	u8 status;
	char c;

	while ((status = serial_in(port, UART_LSR)) & UART_LSR_DR) {
		c = serial_in(port, UART_RX);
		if (!(status & UART_LSR_ERRORS))
			ring_put(&port->rx, &c, 1);
	}
}

/* Fills the empty FIFO, and has the interrupt call again while something is left. */
static void transmit_chars(struct uart_port *port)
{
	unsigned int room = serial_in(port, UART_LSR) & UART_LSR_THRE ? TX_FIFO : 0;
	u8 ier = UART_IER_RDI;

	for (; room && !ring_empty(&port->tx); room--)
		serial_out(port, UART_TX, ring_take(&port->tx));
	if (!ring_empty(&port->tx))
		ier |= UART_IER_THRI;
	if (ier != port->ier)
		serial_out(port, UART_IER, ier);
	port->ier = ier;
}

static irqreturn_t serial8250_interrupt(int irq, void *dev_id)
{
	struct uart_port *port = dev_id;
	irqreturn_t ret = IRQ_NONE;

	spin_lock(&port->lock);
	while (!(serial_in(port, UART_IIR) & UART_IIR_NO_INT)) {
		receive_chars(port);
		transmit_chars(port);
		serial_in(port, UART_MSR); /* or a change of the modem lines stays pending */
		ret = IRQ_HANDLED;
	}
	spin_unlock(&port->lock);
	if (ret == IRQ_HANDLED)
		wake_up(&port->wait);
	return ret;
}

/* --- The file --- */

static bool can_read(struct uart_port *port)
{
	return READ_ONCE(port->rx.head) != READ_ONCE(port->rx.tail);
}

static bool can_write(struct uart_port *port)
{
	return READ_ONCE(port->tx.head) - READ_ONCE(port->tx.tail) < RING_SIZE;
}

static ssize_t serial_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct uart_port *port = ttyS0;
	char chunk[128];
	unsigned long flags;
	size_t n;
	int err;

	if (!to->count)
		return 0;
	do {
		err = wait_event_interruptible(port->wait, can_read(port));
		if (err)
			return err;
		spin_lock_irqsave(&port->lock, flags);
		n = ring_get(&port->rx, chunk, min(to->count, sizeof(chunk)));
		spin_unlock_irqrestore(&port->lock, flags);
	} while (!n); /* another reader was faster */
	return copy_to_iter(chunk, n, to) < n ? -EFAULT : (ssize_t)n;
}

/* Waits for room until all of it is in the ring, or the process is killed. */
static int put_all(struct uart_port *port, const char *s, size_t n)
{
	unsigned long flags;
	size_t taken;
	int err = 0;

	for (; n && !err; s += taken, n -= taken) {
		spin_lock_irqsave(&port->lock, flags);
		taken = ring_put(&port->tx, s, n);
		transmit_chars(port);
		spin_unlock_irqrestore(&port->lock, flags);
		if (taken < n)
			err = wait_event_interruptible(port->wait, can_write(port));
	}
	return err;
}

static ssize_t serial_write(struct kiocb *iocb, struct iov_iter *from)
{
	char chunk[128];
	size_t n, done = 0;
	int err = 0;

	while (from->count && !err) {
		n = copy_from_iter(chunk, sizeof(chunk), from);
		err = n ? put_all(ttyS0, chunk, n) : -EFAULT;
		if (!err)
			done += n;
	}
	return done ? (ssize_t)done : err;
}

static const struct file_operations serial_fops = {
	.read_iter = serial_read,
	.write_iter = serial_write,
};

/* --- The device --- */

static void serial8250_startup(struct uart_port *port)
{
	unsigned int divisor = UART_CLK / 16 / BAUD;

	serial_out(port, UART_IER, 0);
	serial_out(port, UART_LCR, UART_LCR_WLEN8 | UART_LCR_DLAB);
	serial_out(port, UART_TX, divisor & 0xff);
	serial_out(port, UART_DLM, divisor >> 8);
	serial_out(port, UART_LCR, UART_LCR_WLEN8);
	serial_out(port, UART_FCR, UART_FCR_ENABLE | UART_FCR_CLEAR | UART_FCR_TRIGGER8);
	serial_out(port, UART_MCR, UART_MCR_DTR | UART_MCR_RTS | UART_MCR_OUT2);
	port->ier = UART_IER_RDI;
	serial_out(port, UART_IER, port->ier);
}

static int serial8250_probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	struct uart_port *port;
	int err = pcim_enable_device(dev);

	if (err)
		return err;
	if (ttyS0 || !dev->irq) {
		dev_info(&dev->dev, "left alone: %s\n",
			 ttyS0 ? "ttyS0 is another" : "it has no interrupt");
		return -ENODEV;
	}
	port = devm_kzalloc(&dev->dev, sizeof(*port), GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	spin_lock_init(&port->lock);
	init_waitqueue_head(&port->wait);
	port->iobase = pci_resource_start(dev, 0);
	err = pcim_request_region(dev, 0, "serial")
		      ?: devm_request_irq(&dev->dev, dev->irq, serial8250_interrupt, IRQF_SHARED,
					  "ttyS0", port);
	if (err)
		return err;
	ttyS0 = port;
	serial8250_startup(port);
	dev_info(&dev->dev, "ttyS0 at I/O 0x%lx (irq = %u) is a 16550A\n", port->iobase, dev->irq);
	err = vfs_add("/dev/ttyS0", S_IFCHR | 0666, NULL, &serial_fops, MKDEV(4, 64));
	if (err)
		ttyS0 = NULL; /* port is freed with the failed probe */
	return err;
}

static const struct pci_device_id serial_ids[] = {
	{ PCI_DEVICE(PCI_VENDOR_ID_REDHAT, PCI_DEVICE_ID_QEMU_UART) },
	{},
};

/* Without a remove: programs may have the file open. */
static struct pci_driver serial_pci_driver = {
	.name = "serial",
	.id_table = serial_ids,
	.probe = serial8250_probe,
};
builtin_pci_driver(serial_pci_driver);
