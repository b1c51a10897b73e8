/* SPDX-License-Identifier: MIT */
/*
 * QEMU's device for learning drivers: `-device edu`. It computes factorials, raises interrupts, and
 * copies between the machine's memory and 4 KiB of its own (DMA).
 *
 *   /dev/edu                             that memory: a read or a write is a transfer
 *   /sys/kernel/debug/edu/factorial      write n, then read n! (and beside it: identification)
 *
 * How many address bits the device has is an option of QEMU, and in no register. Unless it is told
 * otherwise, it cuts addresses to 28 bits, and memory of this machine lies above them. So the
 * driver tries: four bytes go to the device and back. When they do not come, it refuses DMA.
 *
 * It is a module, and an open file keeps it. edu->mutex: one user at a time. edu->lock guards
 * events, which the interrupt sets.
 *
 * Source: docs/specs/edu.txt of QEMU
 * Linux counterpart: none in the tree; it would be a misc device with entries in debugfs
 */
#include <asm/io.h>
#include <drivers/base/dma-mapping.h>
#include <drivers/pci/pci.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/vsprintf.h>
#include <kernel/module/module.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/wait.h>
#include <kernel/time/jiffies.h>

#define EDU_ID         0x00 /* 0xRRrr00ed, with the version */
#define EDU_LIVENESS   0x04 /* reads as the complement of what was written */
#define EDU_FACTORIAL  0x08 /* write n; when it is done, read n! */
#define EDU_STATUS     0x20
#define EDU_IRQ_STATUS 0x24 /* why it has interrupted, until ... */
#define EDU_IRQ_ACK    0x64 /* ... the same bits are written here */
#define EDU_DMA_SRC    0x80
#define EDU_DMA_DST    0x88
#define EDU_DMA_COUNT  0x90
#define EDU_DMA_CMD    0x98

#define EDU_ID_MASK    0xffff
#define EDU_ID_EDU     0x00ed
#define EDU_STATUS_IRQ 0x80  /* interrupt when a factorial is done */
#define EDU_EVENT_FACT 0x001 /* in EDU_IRQ_STATUS: a factorial is done, */
#define EDU_EVENT_DMA  0x100 /* a transfer is done */
#define EDU_CMD_START  0x1
#define EDU_CMD_TO_RAM 0x2
#define EDU_CMD_IRQ    0x4

#define EDU_BUFFER      0x40000     /* where the device itself has its 4 KiB */
#define EDU_BUFFER_SIZE (SZ_4K - 1) /* a transfer that ends with the last byte stops QEMU */

#define LARGEST_N 12 /* 13! does not fit into 32 bits */
#define TIMEOUT   (2 * HZ)

struct edu {
	struct pci_dev *pci;
	void __iomem *regs;
	struct mutex mutex;
	spinlock_t lock;
	u32 events;
	wait_queue_head_t wait;
	u8 *buffer; /* the transfers' end in memory; NULL: no DMA */
	dma_addr_t buffer_dma;
	u32 factorial; /* the last result */
};

/* There is one /dev/edu. */
static struct edu *the_edu;

/* --- Interrupts --- */

static irqreturn_t edu_interrupt(int irq, void *dev_id)
{
	struct edu *edu = dev_id;
	u32 events = readl(edu->regs + EDU_IRQ_STATUS);

	if (!events)
		return IRQ_NONE;
	writel(events, edu->regs + EDU_IRQ_ACK); /* or the line stays up, and this never ends */
	spin_lock(&edu->lock);
	edu->events |= events;
	spin_unlock(&edu->lock);
	wake_up(&edu->wait);
	return IRQ_HANDLED;
}

/*
 * Whether the event has come; it is forgotten. Under the lock: what the device has put into memory
 * before its interrupt is seen by a caller that sees the event.
 */
static bool take_event(struct edu *edu, u32 event)
{
	unsigned long flags;
	bool came;

	spin_lock_irqsave(&edu->lock, flags);
	came = edu->events & event;
	edu->events &= ~event;
	spin_unlock_irqrestore(&edu->lock, flags);
	return came;
}

static int wait_for_event(struct edu *edu, u32 event)
{
	if (wait_event_timeout(edu->wait, take_event(edu, event), TIMEOUT))
		return 0;
	dev_err(&edu->pci->dev, "no interrupt: event 0x%x did not come\n", event);
	return -EIO;
}

/* --- What it can do; edu->mutex is held --- */

static int compute_factorial(struct edu *edu, unsigned int n)
{
	int err;

	take_event(edu, EDU_EVENT_FACT); /* a late one of the last call is not an answer */
	writel(EDU_STATUS_IRQ, edu->regs + EDU_STATUS);
	writel(n, edu->regs + EDU_FACTORIAL);
	err = wait_for_event(edu, EDU_EVENT_FACT);
	if (!err)
		edu->factorial = readl(edu->regs + EDU_FACTORIAL);
	return err;
}

/* Moves count bytes between the start of the buffer and offset in the device's. */
static int transfer(struct edu *edu, u32 offset, u32 count, u32 direction)
{
	u32 ram = lower_32_bits(edu->buffer_dma), device = EDU_BUFFER + offset;
	bool to_ram = direction == EDU_CMD_TO_RAM;

	take_event(edu, EDU_EVENT_DMA);
	writel(to_ram ? device : ram, edu->regs + EDU_DMA_SRC);
	writel(to_ram ? ram : device, edu->regs + EDU_DMA_DST);
	writel(count, edu->regs + EDU_DMA_COUNT);
	/* writel() orders what was stored in the buffer before the command that reads it. */
	writel(EDU_CMD_START | EDU_CMD_IRQ | direction, edu->regs + EDU_DMA_CMD);
	return wait_for_event(edu, EDU_EVENT_DMA);
}

/* --- /dev/edu --- */

/* What is left of the device's memory behind pos, at most count. */
static size_t bytes_at(loff_t pos, size_t count)
{
	return pos < EDU_BUFFER_SIZE ? min_t(size_t, count, EDU_BUFFER_SIZE - pos) : 0;
}

static ssize_t edu_read(struct kiocb *iocb, struct iov_iter *to)
{
	size_t n = bytes_at(iocb->ki_pos, to->count);
	struct edu *edu = the_edu;
	ssize_t ret;

	mutex_lock(&edu->mutex);
	ret = n ? transfer(edu, iocb->ki_pos, n, EDU_CMD_TO_RAM) : 0;
	if (!ret && copy_to_iter(edu->buffer, n, to) < n)
		ret = -EFAULT;
	mutex_unlock(&edu->mutex);
	iocb->ki_pos += ret ? 0 : n;
	return ret ?: (ssize_t)n;
}

static ssize_t edu_write(struct kiocb *iocb, struct iov_iter *from)
{
	size_t n = bytes_at(iocb->ki_pos, from->count);
	struct edu *edu = the_edu;
	ssize_t ret;

	if (!n)
		return from->count ? -ENOSPC : 0;
	mutex_lock(&edu->mutex);
	ret = copy_from_iter(edu->buffer, n, from) < n ? -EFAULT : 0;
	if (!ret)
		ret = transfer(edu, iocb->ki_pos, n, 0);
	mutex_unlock(&edu->mutex);
	iocb->ki_pos += ret ? 0 : n;
	return ret ?: (ssize_t)n;
}

static int edu_open(struct inode *inode, struct file *file)
{
	return the_edu->buffer ? 0 : -EIO;
}

static const struct file_operations edu_fops = {
	.owner = THIS_MODULE,
	.open = edu_open,
	.read_iter = edu_read,
	.write_iter = edu_write,
	.llseek = generic_file_llseek,
};

/* --- /sys/kernel/debug/edu --- */

static ssize_t show_number(struct kiocb *iocb, struct iov_iter *to, const char *format, u32 number)
{
	char text[16];
	int len = snprintf(text, sizeof(text), format, number);

	return simple_copy_to_iter(to, &iocb->ki_pos, text, len);
}

static ssize_t factorial_read(struct kiocb *iocb, struct iov_iter *to)
{
	return show_number(iocb, to, "%u\n", READ_ONCE(the_edu->factorial));
}

static ssize_t factorial_write(struct kiocb *iocb, struct iov_iter *from)
{
	size_t count = from->count;
	char text[16] = "";
	unsigned int n;
	int err;

	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_iter(text, count, from) < count)
		return -EFAULT;
	err = kstrtouint(text, 0, &n);
	if (err || n > LARGEST_N)
		return err ?: -ERANGE;
	mutex_lock(&the_edu->mutex);
	err = compute_factorial(the_edu, n);
	mutex_unlock(&the_edu->mutex);
	return err ?: (ssize_t)count;
}

static ssize_t identification_read(struct kiocb *iocb, struct iov_iter *to)
{
	return show_number(iocb, to, "0x%08x\n", readl(the_edu->regs + EDU_ID));
}

static const struct file_operations factorial_fops = {
	.owner = THIS_MODULE,
	.read_iter = factorial_read,
	.write_iter = factorial_write,
	.llseek = generic_file_llseek,
};

static const struct file_operations identification_fops = {
	.owner = THIS_MODULE,
	.read_iter = identification_read,
	.llseek = generic_file_llseek,
};

static const struct {
	const char *path;
	umode_t mode;
	void *number;
	const struct file_operations *fops;
} files[] = {
	{ "/dev/edu", S_IFCHR | 0666, MKDEV(10, 240), &edu_fops },
	{ "/sys/kernel/debug/edu/factorial", S_IFREG | 0644, NULL, &factorial_fops },
	{ "/sys/kernel/debug/edu/identification", S_IFREG | 0444, NULL, &identification_fops },
};

static void remove_files(void *unused)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files); i++)
		vfs_remove(files[i].path);
	the_edu = NULL;
}

static int add_files(struct edu *edu)
{
	size_t i;
	int err = 0;

	the_edu = edu;
	for (i = 0; i < ARRAY_SIZE(files) && !err; i++)
		err = vfs_add(files[i].path, files[i].mode, NULL, files[i].fops, files[i].number);
	return devm_add_action_or_reset(&edu->pci->dev, remove_files, NULL) ?: err;
}

/* --- The device --- */

/* Do four bytes of the buffer come back? They go where they came from, whatever is there. */
static bool reaches_buffer(struct edu *edu)
{
	volatile u32 *word = (volatile u32 *)edu->buffer;

	*word = EDU_ID_EDU;
	if (transfer(edu, 0, sizeof(*word), 0))
		return false;
	*word = 0;
	return !transfer(edu, 0, sizeof(*word), EDU_CMD_TO_RAM) && *word == EDU_ID_EDU;
}

static void end_dma(void *data)
{
	struct edu *edu = data;

	pci_clear_master(edu->pci); /* or a late transfer writes into memory of another owner */
	dma_free_coherent(&edu->pci->dev, EDU_BUFFER_SIZE, edu->buffer, edu->buffer_dma);
	edu->buffer = NULL;
}

/* Leaves edu->buffer NULL where the device does not reach the memory that there is. */
static int setup_dma(struct edu *edu)
{
	struct device *dev = &edu->pci->dev;

	if (dma_set_mask_and_coherent(dev, DMA_BIT_MASK(32)))
		return 0;
	edu->buffer = dma_alloc_coherent(dev, EDU_BUFFER_SIZE, &edu->buffer_dma, GFP_KERNEL);
	if (!edu->buffer)
		return -ENOMEM;
	pci_set_master(edu->pci);
	if (reaches_buffer(edu))
		return devm_add_action_or_reset(dev, end_dma, edu);
	dev_warn(dev,
		 "no DMA: it does not reach memory at 0x%llx; start QEMU with "
		 "-device edu,dma_mask=0xffffffff\n",
		 edu->buffer_dma);
	end_dma(edu);
	return 0;
}

static int identify(const struct edu *edu)
{
	u32 id = readl(edu->regs + EDU_ID), alive;

	writel(id, edu->regs + EDU_LIVENESS);
	alive = readl(edu->regs + EDU_LIVENESS);
	if ((id & EDU_ID_MASK) != EDU_ID_EDU || alive != ~id) {
		dev_err(&edu->pci->dev, "identification 0x%x, liveness 0x%x: not an edu\n", id,
			alive);
		return -ENODEV;
	}
	return 0;
}

static int edu_setup(struct edu *edu)
{
	struct pci_dev *pci = edu->pci;
	int err;

	mutex_init(&edu->mutex);
	spin_lock_init(&edu->lock);
	init_waitqueue_head(&edu->wait);
	edu->regs = pcim_iomap_region(pci, 0, "edu");
	if (IS_ERR(edu->regs))
		return PTR_ERR(edu->regs);
	err = identify(edu)
		      ?: devm_request_irq(&pci->dev, pci->irq, edu_interrupt, IRQF_SHARED, "edu",
					  edu);
	err = err ?: setup_dma(edu);
	if (err)
		return err;
	dev_info(&pci->dev, "version %u.%u at MEM 0x%llx (irq = %u)%s\n",
		 readl(edu->regs + EDU_ID) >> 24, readl(edu->regs + EDU_ID) >> 16 & 0xff,
		 pci_resource_start(pci, 0), pci->irq, edu->buffer ? ", DMA" : "");
	return add_files(edu);
}

static int edu_probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	struct edu *edu;
	int err;

	if (the_edu) {
		dev_info(&dev->dev, "left alone: /dev/edu is another\n");
		return -ENODEV;
	}
	err = pcim_enable_device(dev);
	if (err)
		return err;
	if (!dev->irq) {
		dev_err(&dev->dev, "left alone: it has no interrupt\n");
		return -ENODEV;
	}
	edu = devm_kzalloc(&dev->dev, sizeof(*edu), GFP_KERNEL);
	if (!edu)
		return -ENOMEM;
	edu->pci = dev;
	return edu_setup(edu);
}

static const struct pci_device_id edu_ids[] = { { PCI_DEVICE(0x1234, 0x11e8) }, {} };

static struct pci_driver edu_driver = {
	.name = "edu",
	.id_table = edu_ids,
	.probe = edu_probe,
};
module_pci_driver(edu_driver);
MODULE_LICENSE("MIT");
MODULE_ALIAS("pci:v00001234d000011E8*");
