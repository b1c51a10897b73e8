/* SPDX-License-Identifier: MIT */
/* A size that rounds up to 0 pages is not refused. */
static const char *find_refusal(struct ioremap_plan *plan, phys_addr_t phys, size_t size)
{
	if (!size)
		return "the size is 0";
	if (last_byte(phys, size) < phys)
		return "the range wraps around the end of the physical address space";
	if (!plan->type)
		return "unknown memory type";
	if (!mem_type_is_io(plan->mtype))
		return "that memory type is for the kernel's own memory, not for I/O";
	plan->ram = find_ram(plan->phys, plan->size);
	if (plan->ram)
		return "the range meets RAM, which has a pointer already";
	if (cached_window.refusal && last_byte(plan->phys, plan->size) >= cached_window.start &&
	    plan->phys <= cached_window.last)
		return cached_window.refusal;
	return arch_ioremap_refusal(plan->phys, plan->size);
}
