/* SPDX-License-Identifier: MIT */
/*
 * early_ioremap without an MMU: a physical address is the pointer already. For programs on the host
 * that link code which maps early but have no fixmap to map it in.
 *
 * Linux counterpart: mm/early_ioremap.c, #ifndef CONFIG_MMU
 */
#include <mm/early_ioremap.h>

#include <asm/memory.h>

void __iomem *early_ioremap(phys_addr_t phys, unsigned long size)
{
	return (__force void __iomem *)phys_to_virt(phys);
}

void *early_memremap(phys_addr_t phys, unsigned long size)
{
	return phys_to_virt(phys);
}

void *early_memremap_ro(phys_addr_t phys, unsigned long size)
{
	return phys_to_virt(phys);
}

void early_iounmap(void __iomem *addr, unsigned long size)
{
}

void early_memunmap(void *addr, unsigned long size)
{
}
