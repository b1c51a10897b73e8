/* SPDX-License-Identifier: MIT */
/*
 * /proc/bus/pci: the list `devices`, a line a device; and for each device a file BB/DD.F, its
 * configuration space as bytes. lspci reads both.
 *
 * Linux counterpart: drivers/pci/proc.c
 */

#include <drivers/pci/pci.h>
#include <kernel/base/initcall.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/lib/vsprintf.h>

static ssize_t config_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	const struct pci_dev *dev = iocb->ki_filp->f_inode->i_private;
	u8 bytes[PCI_CFG_SPACE_SIZE];
	unsigned int where;

	for (where = 0; where < sizeof(bytes); where++)
		pci_read_config_byte(dev, where, &bytes[where]);
	return simple_copy_to_iter(to, &iocb->ki_pos, bytes, sizeof(bytes));
}

static const struct file_operations config_fops = {
	.read_iter = config_read_iter,
	.llseek = generic_file_llseek,
};

int pci_proc_attach_device(struct pci_dev *dev)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/bus/pci/%02x/%02x.%x", dev->bus->number,
		 PCI_SLOT(dev->devfn), PCI_FUNC(dev->devfn));
	return vfs_add(path, S_IFREG | 0444, NULL, &config_fops, dev);
}

/* The six base addresses and that of the ROM, as the registers have them. */
static void show_bases(struct seq_buf *seq, const struct pci_dev *dev)
{
	unsigned int i;
	u32 base;

	for (i = 0; i < PCI_STD_NUM_BARS; i++) {
		base = 0;
		if (i < pci_num_bars(dev))
			pci_read_config_dword(dev, PCI_BASE_ADDRESS_0 + 4 * i, &base);
		seq_buf_printf(seq, "\t%16x", base);
	}
	pci_read_config_dword(dev, pci_is_bridge(dev) ? PCI_ROM_ADDRESS1 : PCI_ROM_ADDRESS, &base);
	seq_buf_printf(seq, "\t%16x", base);
}

/* Linux's columns. The size of the ROM is 0: it is given no address. */
static void show_device(struct seq_buf *seq, const struct pci_dev *dev)
{
	unsigned int i;

	seq_buf_printf(seq, "%02x%02x\t%04x%04x\t%x", dev->bus->number, dev->devfn, dev->vendor,
		       dev->device, dev->irq);
	show_bases(seq, dev);
	for (i = 0; i < PCI_STD_NUM_BARS; i++)
		seq_buf_printf(seq, "\t%16llx", pci_resource_len(dev, i));
	seq_buf_printf(seq, "\t%16x\t%s\n", 0, dev->dev.driver ? dev->dev.driver->name : "");
}

/* The key is the number of a device, because none ever goes. */
static bool devices_show(struct seq_buf *seq, struct seq_pos *pos)
{
	const struct pci_dev *dev;
	unsigned int n = 0;

	list_for_each_entry(dev, &pci_devices, global_list) {
		if (n++ < pos->key)
			continue;
		show_device(seq, dev);
		pos->key++;
		return true;
	}
	return false;
}

static int __init pci_proc_init(void)
{
	return proc_create_seq("bus/pci/devices", devices_show);
}
device_initcall(pci_proc_init);
