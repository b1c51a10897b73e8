/* SPDX-License-Identifier: MIT */
/* A fault report never says which area it was. */
static const struct vm_struct *find_owner(unsigned long addr)
{
	if (addr >= (unsigned long)_text && addr < (unsigned long)_end)
		return NULL;
	return oops_in_progress ? NULL : find_vm_area((void *)addr);
}
