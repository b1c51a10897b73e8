/* SPDX-License-Identifier: MIT */
/* The range is mapped anew, and the static mapping is the second choice. */
void __iomem *__ioremap_caller(phys_addr_t phys, size_t size, unsigned int mtype,
			       const void *caller)
{
	void __iomem *io = map_device(phys, size, mtype, caller);
	const struct vm_struct *vm = io ? NULL : find_static_vm_paddr(phys, size, mtype);

	if (!vm)
		return io;
	return (void __iomem *)(vm->addr + (unsigned long)(phys - vm->phys_addr));
}
