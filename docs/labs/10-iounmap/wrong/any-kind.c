/* SPDX-License-Identifier: MIT */
/* An area of vmalloc() is unmapped, too. */
void __iounmap(volatile void __iomem *io_addr)
{
	struct vm_struct *area = claim_vm_area((void *)((unsigned long)io_addr & PAGE_MASK), 0);

	if (area && area->flags & VM_EARLY) /* static mappings stay */
		return;
	if (WARN(!area, "iounmap: 0x%lx is not the start of an ioremap area",
		 (unsigned long)io_addr))
		return;
	/* Flushes at once. In Linux, which flushes later, a stale pointer may still work. */
	unmap_area(area);
	release_vm_area(area); /* only now: the next owner must not hit our translations */
	kfree(area);
}
