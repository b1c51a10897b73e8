/* SPDX-License-Identifier: MIT */
/* The pointer is that of the first byte of the mapping, not of the range. */
void __iomem *__ioremap_caller(phys_addr_t phys, size_t size, unsigned int mtype,
			       const void *caller)
{
	const struct vm_struct *vm = find_static_vm_paddr(phys, size, mtype);

	if (!vm)
		return map_device(phys, size, mtype, caller);
	return (void __iomem *)vm->addr;
}
