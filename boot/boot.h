/* SPDX-License-Identifier: MIT */
/*
 * The steps of boot that live in this folder; each is called once, from main.c, in the order there.
 */
#pragma once

#include <kernel/lib/types.h>

/* Says what this is, how to leave it and what to type first. (init.c) */
void boot_banner(void);

/* printk speaks through the compiled-in UART. (handoff.c) */
void debug_console_init(void);

/*
 * Maps and checks the device tree, then speaks through the console it names. Panics without a
 * tree.
 */
void find_device_tree(void);

/* Prints what the boot loader handed over. (handoff.c) */
void handoff_show(void);

/* Reads identity registers through early_ioremap and prints them. (early_probe.c) */
void early_probe(void);

/*
 * Returns where the kernel's own memory begins: with the image, or with the first-level table right
 * below it. (limits.c)
 */
phys_addr_t kernel_phys_start(void);

/* Panics when the memory that the device tree names does not hold the kernel itself. (limits.c) */
void check_kernel_in_memory(void);

/*
 * Finds the initramfs that the loader left. Panics, with the reason, when it lies where it cannot
 * have survived or cannot be read. Before anything takes memory. (initrd.c)
 */
void initrd_find(void);

/* Obeys mem=; panics when that leaves no memory for the kernel itself. (limits.c) */
void apply_mem_limit(void);

/* Prints memblock's lists with memblock=debug, else how much they hold. (limits.c) */
void memblock_summary(void);

/* Leaves out memory so far away that its struct pages would cost too much. (limits.c) */
void leave_out_far_memory(void);

/*
 * Copies the initramfs to where the linear map shows it, if it is not there. After paging_init(),
 * while memblock gives out memory. (initrd.c)
 */
void initrd_relocate(void);

/*
 * Copies a device tree that is outside of RAM into RAM. After paging_init(), while memblock gives
 * out memory. (tree_window.c)
 */
void place_device_tree(void);

/*
 * Makes the tree's window anew, of pages that hold the tree and nothing else, and has ioremap()
 * refuse them. Once pages can be allocated, before the first ioremap(). (tree_window.c)
 */
void narrow_device_tree_window(void);

/* What maps this machine's static tables, or NULL when it has none. (machine.c) */
void (*machine_map_io(void))(void);

/* Counts the processors of the device tree. Before per-CPU memory is allocated. (smp.c) */
void smp_init_cpus(void);

/*
 * Starts the processors of the device tree, and says which are left alone. In process context, when
 * interrupts are on. (smp.c)
 */
void smp_init(void);

/* Enters RAM and the kernel image into the resource tree. (resources.c) */
void resources_init(void);

/* Fills the root file system; panics with advice if there is nothing to fill it with. (initrd.c) */
void unpack_initramfs(void);

/* Runs the in-kernel tests and powers off, if `selftest` was on the command line. (selftest.c) */
void run_selftests(void);

/*
 * Turns the calling thread into the first program. Returns 0, to be returned by the thread.
 * (init.c)
 */
int start_init(void);
