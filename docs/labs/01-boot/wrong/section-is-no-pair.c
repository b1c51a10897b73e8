/* SPDX-License-Identifier: MIT */
/* The number of a section is taken for that of a pair, which is two of them. */
static void map_identity(u32 phys, u32 prot)
{
	u32 section = phys >> SECTION_SHIFT;

	swapper_pg_dir[section].pmd[section % 2] =
		__pmd(__section_entry(phys & SECTION_MASK, prot));
}
