/* SPDX-License-Identifier: MIT */
/*
 * The random seed that a boot loader, or QEMU, leaves in /chosen.
 * Linux counterpart: early_init_dt_scan_chosen() of drivers/of/fdt.c
 */

#include <drivers/of/of.h>
#include <kernel/base/init.h>
#include <kernel/base/initcall.h>
#include <kernel/base/random.h>

static int __init of_seed_init(void)
{
	const struct device_node *chosen = of_find_node_by_path("/chosen");
	const void *seed = NULL;
	int size;

	if (chosen)
		seed = of_get_property(chosen, "rng-seed", &size);
	if (seed)
		add_device_randomness(seed, size);
	return 0;
}
core_initcall(of_seed_init);
