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

/* Obeys mem=. (limits.c) */
void apply_mem_limit(void);

/* Panics when the memory that is used does not hold the kernel itself. (limits.c) */
void check_kernel_in_memory(void);

/* What maps this machine's static tables, or NULL when it has none. (machine.c) */
void (*machine_map_io(void))(void);

/* Enters RAM and the kernel image into the resource tree. (resources.c) */
void resources_init(void);

/* Fills the root file system; panics with advice when there is nothing to fill it with. (init.c) */
void unpack_initramfs(void);

/* Runs the in-kernel tests and powers off, if `selftest` was on the command line. (selftest.c) */
void run_selftests(void);

/*
 * Turns the calling thread into the first program. Returns 0, to be returned by the thread.
 * (init.c)
 */
int start_init(void);
