/* SPDX-License-Identifier: MIT */
/*
 * The last steps of boot: a root file system, and the first program. `rdinit=PATH` names another
 * program than /init; what follows `--` on the command line are its arguments.
 *
 * Linux counterpart: init/main.c (kernel_init), init/initramfs.c
 */
#include <asm/memory.h>
#include <boot/boot.h>
#include <drivers/of/of_fdt.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/exec/exec.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <mm/gfp.h>
#include <mm/memblock.h>

#define MAX_INIT_ARGS 32

extern char __initramfs_start[], __initramfs_end[];

static char init_path[128] = "/init";

static int __init rdinit_setup(char *value)
{
	if (!*value || strlen(value) >= sizeof(init_path))
		return -EINVAL;
	strscpy(init_path, value, sizeof(init_path));
	return 0;
}
early_param("rdinit", rdinit_setup);

void __init boot_banner(void)
{
	pr_notice("Mercator: from a physical device address to a pointer a driver may use\n");
	pr_notice("Leave QEMU: Ctrl-A, then X. First command at the prompt: vmallocinfo\n");
}

void unpack_initramfs(void)
{
	size_t builtin = (unsigned long)__initramfs_end - (unsigned long)__initramfs_start;
	phys_addr_t start, end;

	if (builtin) {
		if (initramfs_unpack(__initramfs_start, builtin))
			panic("the built-in initramfs cannot be read");
		return;
	}
	if (!early_init_dt_initrd(&start, &end))
		panic("no initramfs: give QEMU -initrd build/<arch>/initramfs.cpio, or build with "
		      "INITRAMFS_BUILTIN=1");
	if (end <= start || !memblock_is_region_memory(start, end - start) ||
	    end - 1 > __pa(high_memory - 1))
		panic("the initramfs at 0x%llx-0x%llx lies outside the memory that is used: a "
		      "larger mem= or "
		      "less in the initramfs helps",
		      start, end - 1);
	if (initramfs_unpack(__va(start), end - start))
		panic("the initramfs at 0x%llx-0x%llx cannot be read", start, end - 1);
	free_reserved_area(__va(start), __va(end), 0, "initrd");
}

int start_init(void)
{
	const char *argv[MAX_INIT_ARGS + 1] = { init_path };
	char *rest = init_command_line, *word;
	int argc = 1;

	while (argc < MAX_INIT_ARGS && (word = next_word(&rest)))
		argv[argc++] = word;
	argv[argc] = NULL;
	return run_init(init_path, argv);
}
