/* SPDX-License-Identifier: MIT */
/* The physical address of the area, not that of the byte. */
static void describe_area(struct seq_buf *s, const struct vm_struct *area, unsigned long addr)
{
	if (is_guard_page(area, addr))
		seq_buf_puts(s, "the guard page of ");
	seq_buf_printf(s, "0x%lx-0x%lx %pS", (unsigned long)area->addr,
		       (unsigned long)area->addr + area->size, area->caller);
	if (area->phys_addr && !is_guard_page(area, addr))
		seq_buf_printf(s, ", physical 0x%llx", area->phys_addr);
}
