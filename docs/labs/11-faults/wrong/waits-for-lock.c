/* SPDX-License-Identifier: MIT */
/* The report waits for the lock whose holder it has interrupted. */
static bool read_owner(unsigned long addr, struct vm_struct *area)
{
	if (addr >= (unsigned long)_text && addr < (unsigned long)_end)
		return false;
	return read_vm_area((void *)addr, area);
}
