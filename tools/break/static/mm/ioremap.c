/* SPDX-License-Identifier: MIT */
/* Mistake: static - ioremap() looks for no static mapping */
void __iomem *__ioremap_caller(phys_addr_t phys, size_t size, unsigned int mtype,
			       const void *caller)
{
	return map_device(phys, size, mtype, caller);
}
