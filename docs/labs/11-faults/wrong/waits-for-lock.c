/* SPDX-License-Identifier: MIT */
/* The report waits for the lock whose holder it has interrupted. */
static const struct vm_struct *find_owner(unsigned long addr)
{
	if (addr >= (unsigned long)_text && addr < (unsigned long)_end)
		return NULL;
	return find_vm_area((void *)addr);
}
