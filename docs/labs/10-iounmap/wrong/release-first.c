/* SPDX-License-Identifier: MIT */
/* The range is free before it is unmapped. */
void __iounmap(volatile void __iomem *io_addr)
{
	struct vm_struct *area =
		claim_vm_area((void *)((unsigned long)io_addr & PAGE_MASK), VM_IOREMAP);

	if (area && area->flags & VM_EARLY) /* static mappings stay */
		return;
	if (WARN(!area, "iounmap: 0x%lx is not the start of an ioremap area",
		 (unsigned long)io_addr))
		return;
	release_vm_area(area);
	/* Flushes at once. In Linux, which flushes later, a stale pointer may still work. */
	unmap_area(area);
	kfree(area);
}
