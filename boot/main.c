/* SPDX-License-Identifier: MIT */
/*
 * The whole boot, in order. head.S and early_map.c have turned the MMU on and left the image
 * mapped, each part with its own permissions; nothing else exists yet. Each line below may use
 * what the lines above it made, and nothing of the lines below.
 *
 * Linux counterpart: init/main.c, setup_arch() of arch/<name>/kernel/setup.c
 */
#include <boot/arch.h>
#include <boot/boot.h>
#include <drivers/clocksource/timer_of.h>
#include <drivers/firmware/psci.h>
#include <drivers/irqchip/irqchip.h>
#include <drivers/of/of.h>
#include <drivers/of/of_fdt.h>
#include <kernel/base/initcall.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/panic.h>
#include <kernel/base/param.h>
#include <kernel/base/phase.h>
#include <kernel/base/symbols.h>
#include <kernel/fs/fs.h>
#include <kernel/sched/sched.h>
#include <mm/dma_pool.h>
#include <mm/early_ioremap.h>
#include <mm/gfp.h>
#include <mm/memblock.h>
#include <mm/regions.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

void start_kernel(void);

/* The first kernel thread: everything that may sleep, then /init in its place. */
static int kernel_init(void *unused)
{
	int error;

	smp_init(); /* the other processors run from here on */
	boot_phase("file systems");
	vfs_init();
	boot_phase("initcalls and drivers");
	do_initcalls();
	boot_phase("initramfs");
	unpack_initramfs();
	early_ioremap_leak_check();
	run_selftests();
	boot_phase("init memory freed");
	free_initmem();
	regions_init_freed();
	boot_phase("init");
	error = start_init();
	boot_phase(NULL);
	return error;
}

void __init start_kernel(void)
{
	early_fixmap_init();  /* addresses that need no allocator */
	trap_init();          /* faults are reported from here on */
	debug_console_init(); /* ... to the UART that was compiled in */
	symbols_init();       /* ... with names */

	boot_phase("device tree");
	boot_banner();
	find_device_tree(); /* through its window; then the console it names */
	parse_early_param(early_init_dt_bootargs());
	handoff_show();
	cpu_show();

	boot_phase("memblock");
	early_ioremap_init();
	early_probe();        /* a first look at two devices through it */
	early_init_dt_scan(); /* memory and reservations */
	arch_trim_memory();   /* ... less what no table entry can name */
	check_kernel_in_memory();
	initrd_find();     /* the initramfs is in memory, too */
	apply_mem_limit(); /* mem= */
	leave_out_far_memory();
	arch_memblock_init(); /* what the architecture can manage of it */
	memblock_summary();

	boot_phase("paging");
	paging_init(machine_map_io()); /* the linear map, the static mappings */
	memblock_allow_resize();
	dma_pool_reserve(); /* memory that devices with 32 address bits reach */
	early_ioremap_reset();
	initrd_relocate(); /* to where the linear map shows it */
	place_device_tree();
	mem_layout_show();

	boot_phase("allocators");
	unflatten_device_tree();
	page_alloc_init();
	narrow_device_tree_window(); /* from blocks to the tree's own pages */
	kmem_cache_init();
	vmalloc_init(); /* takes over the static areas */
	resources_init();

	boot_phase("scheduler, interrupts, time");
	smp_init_cpus(); /* how many processors there are */
	sched_init();
	irqchip_init();
	timer_probe();
	psci_dt_init(); /* the firmware: power, and other processors */
	local_irq_enable();

	kernel_thread(kernel_init, NULL, "swapper");
	cpu_startup_entry(); /* the boot task idles from here on */
}
