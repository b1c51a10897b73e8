/* SPDX-License-Identifier: MIT */
/*
 * The initramfs, from where the boot loader left it to the root file system.
 *
 * It may lie anywhere in RAM, also where the linear map does not reach: in high memory, in what
 * mem= left out, below the kernel. There it is read through early_ioremap's slots, one after the
 * other, and copied to memory that has a pointer. An initramfs that meets the place to which the
 * image was moved, or the bss that was cleared, is refused because part of it was overwritten.
 *
 * Linux counterpart: drivers/of/fdt.c (early_init_dt_check_for_initrd), init/initramfs.c, and
 * relocate_initrd() of arch/x86/kernel/setup.c. Linux on arm and arm64 does not copy. It adds
 * memory that mem= cut off again for the initrd, and cannot use an initrd in high memory.
 */
#include <asm/handoff.h>
#include <asm/memory.h>
#include <boot/boot.h>
#include <drivers/of/of_fdt.h>
#include <kernel/base/handoff.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/string.h>
#include <mm/early_ioremap.h>
#include <mm/fixmap.h>
#include <mm/gfp.h>
#include <mm/memblock.h>

extern char __initramfs_start[], __initramfs_end[];

/* Where the loader left it; size 0: nowhere, or the image has one built in. */
static phys_addr_t phys_initrd_start __initdata;
static phys_addr_t phys_initrd_size __initdata;

/* Where the linear map shows it. */
static void *initrd_start __initdata;

static size_t __init builtin_size(void)
{
	return (unsigned long)__initramfs_end - (unsigned long)__initramfs_start;
}

static bool __init initrd_meets(phys_addr_t start, phys_addr_t end)
{
	return phys_initrd_start < end && start < phys_initrd_start + phys_initrd_size;
}

/* What is wrong with the place, or NULL. */
static const char *__init initrd_problem(void)
{
	phys_addr_t tree = handoff.regs[HANDOFF_DTB_REG];

	if (!memblock_is_region_memory(phys_initrd_start, phys_initrd_size))
		return "is not all in RAM that the kernel can use";
	if (initrd_meets(kernel_phys_start(), __pa(_end)))
		return "lies where the kernel belongs";
	if (initrd_meets(tree, tree + fdt_totalsize(initial_boot_params)))
		return "lies where the device tree is";
	return NULL;
}

void __init initrd_find(void)
{
	phys_addr_t start, end;
	const char *problem;

	if (builtin_size() || !early_init_dt_initrd(&start, &end))
		return;
	phys_initrd_start = start;
	phys_initrd_size = end - start;
	problem = initrd_problem();
	if (problem)
		panic("the initramfs at 0x%llx-0x%llx %s: have the boot loader put it elsewhere",
		      start, end - 1, problem);
}

/* Copies physical memory, seen through one slot after the other. */
static void __init copy_from_early_mem(void *dest, phys_addr_t src, unsigned long size)
{
	unsigned long piece;
	void *window;

	for (; size; dest += piece, src += piece, size -= piece) {
		piece = min(size, NR_FIX_BTMAPS * PAGE_SIZE - (unsigned long)(src & ~PAGE_MASK));
		window = early_memremap_ro(src, piece);
		memcpy(dest, window, piece);
		early_memunmap(window, piece);
	}
}

static bool __init in_linear_map(phys_addr_t start, phys_addr_t size)
{
	return memblock_is_region_memory(start, size) && start + size - 1 <= __pa(high_memory - 1);
}

void __init initrd_relocate(void)
{
	phys_addr_t start = phys_initrd_start, size = phys_initrd_size;

	if (!size || in_linear_map(start, size)) {
		initrd_start = __va(start);
		return;
	}
	initrd_start = memblock_alloc_raw(size, PAGE_SIZE);
	if (!initrd_start)
		panic("no room for a copy of the initramfs at 0x%llx-0x%llx, %llu KiB: have the "
		      "boot loader put it into low memory, or allow more (mem=, vmalloc=)",
		      start, start + size - 1, size >> 10);
	copy_from_early_mem(initrd_start, start, size);
	memblock_phys_free(start, size);
	pr_info("initramfs at 0x%llx-0x%llx is outside the linear map: copied to 0x%llx\n", start,
		start + size - 1, __pa(initrd_start));
}

void __init unpack_initramfs(void)
{
	if (builtin_size()) {
		if (!initramfs_unpack(__initramfs_start, builtin_size()))
			panic("the built-in initramfs cannot be read");
		return;
	}
	if (!phys_initrd_size)
		panic("no initramfs: give QEMU -initrd build/<arch>/initramfs.cpio, or build with "
		      "INITRAMFS_BUILTIN=1");
	if (!initramfs_unpack(initrd_start, phys_initrd_size))
		panic("the initramfs at 0x%llx-0x%llx cannot be read", phys_initrd_start,
		      phys_initrd_start + phys_initrd_size - 1);
	free_reserved_area(initrd_start, initrd_start + phys_initrd_size, -1, "initrd");
}
