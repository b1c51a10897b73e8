/* SPDX-License-Identifier: MIT */
/* The first byte of the guard page is taken for a part of the device. */
static bool is_guard_page(const struct vm_struct *area, unsigned long addr)
{
	return addr - (unsigned long)area->addr > get_vm_area_size(area);
}
