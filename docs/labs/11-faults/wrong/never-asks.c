/* SPDX-License-Identifier: MIT */
/* A fault report never says which area it was. */
static bool read_owner(unsigned long addr, struct vm_struct *area)
{
	if (addr >= (unsigned long)_text && addr < (unsigned long)_end)
		return false;
	if (oops_in_progress)
		return false;
	return read_vm_area((void *)addr, area);
}
