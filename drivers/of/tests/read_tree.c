/* SPDX-License-Identifier: MIT */
/*
 * read_tree TREE.dtb...: prints what the kernel's own code reads out of device trees, a line a
 * fact. tools/testing/test_board_trees.py compares it with another reading.
 *
 *   tree FILE                          the facts of another tree follow
 *   reg PATH INDEX START SIZE          a row of reg, as the CPU sees it
 *   irq PATH INDEX CONTROLLER CELLS    an interrupt, as the controller is told of it; or "bad"
 *   device NAME PATH                   a device that is made
 *   console PATH                       the node of the console
 *
 * The early reader has to agree with the nodes: where it does not, the program aborts.
 */
#include <drivers/amba/bus.h>
#include <drivers/base/device.h>
#include <drivers/of/of.h>
#include <drivers/of/of_fdt.h>
#include <drivers/of/of_platform.h>
#include <host.h>
#include <kernel/base/bug.h>
#include <kernel/base/printk.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/slab.h>
#include <mm/uaccess.h>

#define MAX_INDEX 32

/* From the host's C library, whose headers cannot be included beside the kernel's own. */
int open(const char *path, int flags, ...);
ssize_t read(int fd, void *buf, size_t size);
int close(int fd);
int main(int argc, char **argv);

static char blob[SZ_1M] __aligned(8);
static char room[SZ_4M] __aligned(8); /* the only memory that there really is */

/* --- Below drivers/of: a PrimeCell wherever one is looked for, no interrupt controller --- */

void __iomem *ioremap(phys_addr_t phys, size_t size)
{
	static u32 id[AMBA_ID_SIZE / 4] = { [4] = 0x0d, 0xf0, 0x05, 0xb1 };

	return (__force void __iomem *)id;
}

void iounmap(volatile void __iomem *addr)
{
}

int peek_kernel_nofault(u64 *value, const void *addr, unsigned int width)
{
	*value = *(const u32 *)addr;
	return 0;
}

struct irq_domain *irq_find_host(const void *fwnode)
{
	return NULL;
}

unsigned int irq_create_fwspec_mapping(const struct irq_fwspec *fwspec)
{
	return 0;
}

/* --- the lines --- */

static void print_path(const struct device_node *np)
{
	if (np->parent) {
		print_path(np->parent);
		printk("%s%s", np->parent->parent ? "/" : "", np->full_name);
	} else {
		printk("/");
	}
}

/* Each device is forgotten as soon as its line is there. */
int platform_device_register(struct platform_device *pdev)
{
	printk("device %s ", dev_name(&pdev->dev));
	print_path(pdev->dev.of_node);
	printk("\n");
	if (pdev->num_resources && pdev->resource[0].parent)
		release_resource(&pdev->resource[0]);
	kfree(pdev);
	return 0;
}

static void print_regs(const struct device_node *np)
{
	struct resource res;
	int i;

	for (i = 0; i < MAX_INDEX; i++) {
		if (of_address_to_resource(np, i, &res))
			continue;
		printk("reg ");
		print_path(np);
		printk(" %d 0x%llx 0x%llx\n", i, res.start, resource_size(&res));
	}
}

static void print_irqs(const struct device_node *np)
{
	struct of_phandle_args args;
	int i, cell, err;

	for (i = 0; i < MAX_INDEX; i++) {
		err = of_irq_parse_one(np, i, &args);
		if (err == -ENOENT)
			continue;
		printk("irq ");
		print_path(np);
		printk(" %d ", i);
		if (err) {
			printk("bad\n");
			return;
		}
		print_path(args.np);
		for (cell = 0; cell < args.args_count; cell++)
			printk(" %u", args.args[cell]);
		printk("\n");
	}
}

/* Both readers go through the tree in the same order. */
static void compare_readers(void)
{
	struct device_node *np = NULL;
	struct of_flat_place at;
	phys_addr_t start, size;
	struct resource res;

	for_each_flat_node(&at)
	{
		np = of_find_all_nodes(np);
		BUG_ON(!np || strcmp(np->full_name, fdt_get_name(blob, at.way[at.depth], NULL)));
		BUG_ON(of_flat_dt_is_available(&at) != of_device_is_available(np));
		BUG_ON(of_flat_dt_reg(&at, &start, &size) == !!of_address_to_resource(np, 0, &res));
		if (of_flat_dt_reg(&at, &start, &size))
			BUG_ON(start != res.start || size != resource_size(&res));
		BUG_ON(np->phandle && of_find_node_by_phandle(np->phandle) != np);
	}
	BUG_ON(of_find_all_nodes(np));
}

static void print_tree(void)
{
	struct device_node *np;

	for (np = of_find_all_nodes(NULL); np; np = of_find_all_nodes(np)) {
		print_regs(np);
		print_irqs(np);
	}
	if (of_stdout) {
		printk("console ");
		print_path(of_stdout);
		printk("\n");
	}
	of_platform_populate(of_root);
}

static bool read_file(const char *path)
{
	int fd = open(path, 0);
	bool done = fd >= 0 && read(fd, blob, sizeof(blob)) > 0;

	if (fd >= 0)
		close(fd);
	return done;
}

int main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++) {
		printk("tree %s\n", argv[i]);
		if (!read_file(argv[i]) || !early_init_dt_verify(blob, 0))
			return 1;
		memblock_remove(0, MEMBLOCK_ALLOC_ANYWHERE);
		memblock_phys_free(0, MEMBLOCK_ALLOC_ANYWHERE);
		memblock_add(__pa(room), sizeof(room));
		unflatten_device_tree();
		compare_readers();
		print_tree();
	}
	return 0;
}
