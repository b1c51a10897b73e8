/* SPDX-License-Identifier: MIT */
/*
 * Finding the early console: what the device tree's /chosen points to, or what `earlycon=` names.
 * It lasts until a real console registers, or for good if none does; so its code is not __init, and
 * its slot of the fixmap is a permanent one.
 *
 * Linux counterpart: drivers/tty/serial/earlycon.c
 */

#define pr_fmt(fmt) "earlycon: " fmt

#include <drivers/amba/bus.h>
#include <drivers/of/of_fdt.h>
#include <drivers/serial/earlycon.h>
#include <kernel/base/param.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/string.h>
#include <mm/fixmap.h>

extern const struct earlycon_id __start_earlycon_ids[], __stop_earlycon_ids[];

static struct console early_con = { .flags = CON_PRINTBUFFER | CON_BOOT };
static struct earlycon_device early_console_dev = { .con = &early_con };
static phys_addr_t early_con_phys; /* its registers */

static void __iomem *__init earlycon_map(phys_addr_t phys)
{
	set_fixmap_io(FIX_EARLYCON_MEM_BASE, phys & PAGE_MASK);
	return (__force void
		__iomem *)(fix_to_virt(FIX_EARLYCON_MEM_BASE) + (unsigned long)(phys & ~PAGE_MASK));
}

static int __init register_earlycon(const struct earlycon_id *id, phys_addr_t phys, bool identified)
{
	int err;

	if (early_console_dev.membase)
		return phys == early_con_phys ? 0 : -EBUSY;
	early_con_phys = phys;
	early_console_dev.membase = earlycon_map(phys);
	early_console_dev.identified = identified;
	strscpy(early_con.name, id->name, sizeof(early_con.name));
	early_con.data = &early_console_dev;
	err = id->setup(&early_console_dev);
	if (err) {
		pr_err("no %s answers at %pa\n", id->name, &phys);
		early_console_dev.membase = NULL;
		return err;
	}
	register_console(&early_con);
	pr_info("%s at MMIO %pa\n", id->name, &phys);
	return 0;
}

int __init setup_earlycon_stdout(void)
{
	int node = early_init_dt_stdout();
	const struct earlycon_id *id;
	struct of_flat_place at;
	phys_addr_t phys, size;

	if (node < 0 || !of_flat_dt_goto(&at, node))
		return -ENODEV;
	if (!of_flat_dt_reg(&at, &phys, &size)) {
		pr_err("the console of the device tree, %s, has no registers that the CPU can "
		       "reach\n",
		       fdt_get_name(initial_boot_params, node, NULL));
		return -ENODEV;
	}
	for (id = __start_earlycon_ids; id < __stop_earlycon_ids; id++) {
		if (of_flat_dt_is_compatible(node, id->compatible))
			return register_earlycon(id, phys,
						 fdt_getprop(initial_boot_params, node,
							     AMBA_PERIPHID, NULL));
	}
	return -ENODEV;
}

/* name,address and, ignored, options after a further comma. */
int __init setup_earlycon(const char *buf)
{
	size_t len = strcspn(buf, ",");
	const struct earlycon_id *id;
	phys_addr_t phys;
	char *end;

	if (!buf[len])
		return -EINVAL;
	phys = memparse(buf + len + 1, &end);
	if (end == buf + len + 1 || (*end && *end != ','))
		return -EINVAL;
	for (id = __start_earlycon_ids; id < __stop_earlycon_ids; id++) {
		if (strlen(id->name) == len && !strncmp(id->name, buf, len))
			return register_earlycon(id, phys, false);
	}
	return -ENODEV;
}

/* The device tree's early console speaks already, so that the command line can be talked about. */
static int __init param_setup_earlycon(char *buf)
{
	int err = *buf ? setup_earlycon(buf) : setup_earlycon_stdout();

	if (err != -EBUSY)
		return err;
	pr_warn("earlycon=%s has no effect: the device tree has chosen %pa\n", buf,
		&early_con_phys);
	return 0;
}
early_param("earlycon", param_setup_earlycon);
