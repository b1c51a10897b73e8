/* SPDX-License-Identifier: MIT */
/*
 * Identifies a NOR flash that has the Common Flash Interface. Reading a flash needs no driver, and
 * this kernel never writes one. The driver is here because of the size of the device: a bank of
 * 64 MiB is mapped whole, by the largest leaves there are, and unmapped again.
 *
 * Several narrow chips may share the width of the bus. Then one access gives each command to all of
 * them, and each answers in its own lane.
 *
 * Source: JEDEC JESD68.01, "Common Flash Interface (CFI)"
 * Linux counterpart: drivers/mtd/maps/physmap-core.c, drivers/mtd/chips/cfi_probe.c
 */

#include <asm/io.h>
#include <drivers/base/device.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <mm/ioremap.h>

#define CFI_QUERY_ADDR  0x55
#define CFI_QUERY       0x98
#define CFI_RESET       0xff
#define CFI_QRY         0x10 /* 'Q', 'R', 'Y' */
#define CFI_VENDOR      0x13 /* two bytes */
#define CFI_DEVICE_SIZE 0x27 /* a power of two */

#define REPEAT_IN_LANES 0x00010001 /* a command for chips of 16 bits, in each of their lanes */

struct cfi_bank {
	void __iomem *base;
	u32 width; /* of the bus, in bytes */
};

/* Word number index of the bank, which is address index of each chip. */
static u32 cfi_read(const struct cfi_bank *bank, unsigned int index)
{
	const void __iomem *addr = bank->base + index * bank->width;

	return bank->width == 4 ? readl(addr) : readw(addr);
}

static void cfi_command(const struct cfi_bank *bank, unsigned int index, u8 command)
{
	void __iomem *addr = bank->base + index * bank->width;

	if (bank->width == 4)
		writel(command * REPEAT_IN_LANES, addr);
	else
		writew(command, addr);
}

/* What the first chip says; the others say the same. */
static u8 cfi_byte(const struct cfi_bank *bank, unsigned int index)
{
	return cfi_read(bank, index);
}

/* How many chips answer with that byte in their lane. */
static unsigned int cfi_chips(const struct cfi_bank *bank, u8 byte)
{
	u32 word = cfi_read(bank, CFI_QRY);
	unsigned int chips = 0;

	for (; word; word >>= 8)
		chips += (word & 0xff) == byte;
	return chips;
}

static const char *cfi_vendor_name(unsigned int vendor)
{
	static const char *const names[] = { "no", "Intel extended", "AMD", "Intel standard" };

	return vendor < ARRAY_SIZE(names) ? names[vendor] : "unknown";
}

static int cfi_identify(struct device *dev, const struct cfi_bank *bank)
{
	unsigned int chips, size_bits, vendor;

	if (cfi_byte(bank, CFI_QRY) != 'Q' || cfi_byte(bank, CFI_QRY + 1) != 'R' ||
	    cfi_byte(bank, CFI_QRY + 2) != 'Y')
		return -ENODEV;
	chips = cfi_chips(bank, 'Q');
	size_bits = cfi_byte(bank, CFI_DEVICE_SIZE);
	vendor = cfi_byte(bank, CFI_VENDOR) | cfi_byte(bank, CFI_VENDOR + 1) << 8;
	if (size_bits < 20 || size_bits > 30)
		return -ENODEV;
	dev_info(dev, "CFI: %u x %u MiB, %u bits, %s\n", chips, 1U << (size_bits - 20),
		 bank->width * 8, cfi_vendor_name(vendor));
	return 0;
}

static int cfi_flash_probe(struct platform_device *pdev)
{
	struct resource *res = platform_get_resource(pdev, IORESOURCE_MEM, 0);
	struct cfi_bank bank;
	int ret;

	if (!res || of_property_read_u32(pdev->dev.of_node, "bank-width", &bank.width) ||
	    (bank.width != 2 && bank.width != 4))
		return -EINVAL;
	bank.base = ioremap(res->start, resource_size(res));
	if (!bank.base)
		return -ENOMEM;
	cfi_command(&bank, CFI_QUERY_ADDR, CFI_QUERY);
	ret = cfi_identify(&pdev->dev, &bank);
	if (ret)
		dev_err(&pdev->dev, "no flash answers to a CFI query\n");
	cfi_command(&bank, 0, CFI_RESET);
	iounmap(bank.base);
	return ret;
}

static const struct of_device_id cfi_flash_of_match[] = { { .compatible = "cfi-flash" }, {} };

static struct platform_driver cfi_flash_driver = {
	.probe = cfi_flash_probe,
	.driver = {
		.name = "cfi-flash",
		.of_match_table = cfi_flash_of_match,
	},
};
builtin_platform_driver(cfi_flash_driver);
