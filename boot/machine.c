/* SPDX-License-Identifier: MIT */
/*
 * What is known of the machine as a whole: its name, and what it maps once and for all. A machine
 * is data: the root node's compatible string, and a table of what iotable_init() shall map. A
 * machine that is not listed works too: it has no static mappings.
 *
 * Linux counterpart: struct machine_desc in arch/arm/include/asm/mach/arch.h
 */
#include <asm/mem_type.h>
#include <boot/boot.h>
#include <drivers/of/of.h>
#include <drivers/of/of_fdt.h>
#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/static_vm.h>

struct machine_desc {
	const char *name;
	const char *compatible;
	void (*map_io)(void);
};

/*
 * The window of 32 virtio-mmio transports, 0x200 bytes each, so eight share a page; and the
 * beginning of the second flash bank, placed so that it takes the leaves of 2 MiB.
 */
static const struct map_desc virt_io_desc[] __initconst = {
	{ STATIC_IO_BASE, 0x0a000000 >> PAGE_SHIFT, SZ_16K, MT_DEVICE },
	{ STATIC_IO_BASE + SZ_2M, 0x04000000 >> PAGE_SHIFT, SZ_2M, MT_DEVICE },
};

static void __init virt_map_io(void)
{
	iotable_init(virt_io_desc, ARRAY_SIZE(virt_io_desc));
}

static const struct machine_desc machines[] __initconst = {
	{ "QEMU virt", "linux,dummy-virt", virt_map_io },
};

void (*__init machine_map_io(void))(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(machines); i++) {
		if (of_flat_dt_is_compatible(0, machines[i].compatible)) {
			pr_info("Machine: %s\n", machines[i].name);
			return machines[i].map_io;
		}
	}
	pr_info("Machine: not known by name, no static mappings\n");
	return NULL;
}
