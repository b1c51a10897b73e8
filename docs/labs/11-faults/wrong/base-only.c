/* SPDX-License-Identifier: MIT */
/* The address of the leaf, not that of the byte. */
static int show_leaf(struct path *path, enum pgtable_level level, u64 entry, phys_addr_t base,
		     unsigned long size)
{
	print_entry(path, level, entry);
	print_words(path, ptdump_fields(level), entry);
	path->words = ptdump_fields(level);
	path->leaf = entry;
	path->phys = base;
	return 0;
}
